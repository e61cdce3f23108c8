#include <gmock/gmock.h>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

class ForecastTest : public test::DatasetTest {
 protected:
  Forecast forecast_now() {
    Observer observer;
    return forecast(recipe_, {.jobs = 2}, observer);
  }
};

TEST_F(ForecastTest, SaysWhatARunMakesAndWritesNothing) {
  const Forecast result = forecast_now();
  EXPECT_FALSE(fs::exists(output()));
  EXPECT_EQ(result.plan.classes, run_now().classes);
  EXPECT_FALSE(result.has_findings());
}

TEST_F(ForecastTest, CountsCopiesThatWouldChangeNothing) {
  recipe_.augment = test::chain_of("horizontal_flip");
  recipe_.expand.balance.rule = BalanceRule::kNone;
  recipe_.expand.factor = 3;  // copies 1 and 2 of each sample: the gate fires for exactly one of them
  const Forecast result = forecast_now();
  EXPECT_EQ(result.idle_copies, 10u);
  EXPECT_EQ(result.equal_copies, 0u);
}

TEST_F(ForecastTest, CountsCopiesThatEqualASibling) {
  recipe_.augment = test::chain_of("horizontal_flip");
  recipe_.expand.balance.rule = BalanceRule::kNone;
  recipe_.expand.factor = 5;  // of four copies two are flipped, and two are not
  const Forecast result = forecast_now();
  EXPECT_EQ(result.idle_copies, 20u);
  EXPECT_EQ(result.equal_copies, 10u);
}

TEST_F(ForecastTest, ShowsNamesThatGiveWay) {
  fs::copy(input() / "cat/0.jpg", input() / "cat/0__x0001.jpg");
  const Forecast result = forecast_now();
  EXPECT_EQ(result.renamed_count, 1u);
  EXPECT_THAT(result.renamed,
              ::testing::ElementsAre(::testing::MatchesRegex("cat/0__x0001_[0-9a-f]+\\.jpg")));
}

TEST_F(ForecastTest, SaysThatThereIsNothingToDo) {
  run_now();
  const auto before = test::tree_of(output());
  const Forecast result = forecast_now();
  EXPECT_EQ(result.kept, 72u);
  EXPECT_EQ(result.made + result.remade + result.removed, 0u);
  EXPECT_EQ(test::tree_of(output()), before);
}

// Whatever changes, the forecast is what the run then does.
TEST_F(ForecastTest, FindsOutWhatARunWouldChange) {
  const auto expect_what_the_run_does = [&](std::uint64_t made, std::uint64_t remade, std::uint64_t removed) {
    const auto before = test::tree_of(output());
    const Forecast result = forecast_now();
    EXPECT_EQ(test::tree_of(output()) == before, true);
    EXPECT_EQ(result.made, made);
    EXPECT_EQ(result.remade, remade);
    EXPECT_EQ(result.removed, removed);
    const RunSummary summary = run_now();
    EXPECT_EQ(summary.made, made + remade);
    EXPECT_EQ(summary.kept, result.kept);
    EXPECT_EQ(summary.removed, removed);
    EXPECT_TRUE(test::tree_of(output()) == clean_tree());
  };
  run_now();
  add_class("owl", 2);  // of 24 owls one was a sample, and now two are
  expect_what_the_run_does(12, 0, 12);
  test::write_bytes(input() / "dog/1.jpg", test::encoded(test::picture({48, 32}, 99), Format::kJpeg));
  expect_what_the_run_does(0, 8, 0);
  fs::last_write_time(input() / "dog/1.jpg", fs::file_time_type::clock::now() + std::chrono::hours(1));
  expect_what_the_run_does(0, 0, 0);
  recipe_.classes["cat"].augment = test::chain_of("vertical_flip");
  expect_what_the_run_does(0, 18, 0);
  recipe_.output.quality = 80;
  expect_what_the_run_does(0, 61, 0);
  fs::remove(output() / "owl/0__x0003.jpg");
  expect_what_the_run_does(1, 0, 0);
  fs::remove(input() / "dog/1.jpg");
  expect_what_the_run_does(8, 0, 8);
}

TEST_F(ForecastTest, KnowsImagesThatWereBad) {
  truncate("cat/3.jpg");
  run_now();
  const Forecast result = forecast_now();
  EXPECT_EQ(result.kept, 60u);
  EXPECT_EQ(result.made + result.remade + result.removed, 0u);
}

TEST_F(ForecastTest, SaysWhatARunWouldRefuse) {
  run_now();
  recipe_.expand.factor = 1;
  EXPECT_THAT(
      forecast_now().refusals,
      ::testing::ElementsAre("54 of the 72 images in '" + output().string() +
                             "' are not part of the plan and would be removed; is this the right output? "
                             "Use --force to remove them, or choose another output"));
}

TEST_F(ForecastTest, EstimatesTheSizeOfTheOutput) {
  recipe_.output.format = Format::kPng;
  const auto estimated = static_cast<double>(forecast_now().estimated_bytes);
  run_now();
  double bytes = 0;
  for (const auto& [name, content] : test::tree_of(output()))
    if (name.ends_with(".png")) bytes += static_cast<double>(content.size());
  EXPECT_NEAR(estimated / bytes, 1, 0.1);
}

TEST_F(ForecastTest, RefusesAnOutputOfSomebodyElse) {
  test::write_text(output() / "notes.txt", "mine");
  EXPECT_THAT(message_of([&] { forecast_now(); }, ErrorKind::kLocked),
              ::testing::HasSubstr("such as 'notes.txt'"));
}

}  // namespace
}  // namespace tenfold
