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

}  // namespace
}  // namespace tenfold
