#include "inspected_dataset.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FolderNames : public test::InspectedDataset {
 protected:
  // Each of them a class with an image of its own.
  void make_classes(const std::vector<std::string>& names) {
    int left = 0;
    for (const std::string& name : names) write_png(name + "/1.png", test::halves(left++, 200));
  }
};

TEST_F(FolderNames, ThatDifferInCaseBlanksAndPluralAreNamedOnce) {
  make_classes({"Stop sign", "stop_signs", "Stop_Sign", "yield"});
  EXPECT_THAT(findings(), ElementsAre("class_name: class 'Stop sign' is named nearly as 'Stop_Sign' and "
                                      "'stop_signs': is it the same class?"));
}

TEST_F(FolderNames, OfNumbersAreNotAlike) {
  make_classes({"1", "11", "1-1", "s", "bus", "glass"});
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(FolderNames, OfSplitsAreNoClasses) {
  make_classes({"Train", "val"});
  EXPECT_THAT(findings(),
              ElementsAre("class_name: class 'Train' is named as a split: are the classes the folders in it?",
                          "class_name: class 'val' is named as a split: are the classes the folders in it?"));
}

TEST_F(FolderNames, OfLeftoversAreNamedAtAnyDepth) {
  make_classes({"New folder (2)", "__MACOSX", "cat", "dog - Copy"});
  write_png("cat/@eaDir/1.png", test::halves(50, 200));
  EXPECT_THAT(
      findings(),
      ElementsAre("class_name: class 'New folder (2)' has a name that nobody chose",
                  "class_name: class '__MACOSX' is what archives from macOS carry along",
                  "class_name: 'cat/@eaDir' is where a NAS keeps its previews, and counts to the class",
                  "class_name: class 'dog - Copy' has the name of a copy"));
}

TEST_F(FolderNames, ThatAreHiddenAreNamedAndNotEntered) {
  make_classes({"cat"});
  write_png("cat/.ipynb_checkpoints/1.png", test::halves(50, 200));
  fs::create_directories(folder_ / ".git/.more");
  test::write_text(folder_ / "cat/.DS_Store", "");
  EXPECT_THAT(findings(),
              ElementsAre("hidden_folder: '.git' is hidden: what is in it is ignored",
                          "hidden_folder: 'cat/.ipynb_checkpoints' is hidden: what is in it is ignored"));
  EXPECT_EQ(inspect_now().ignored.hidden, 3u);
}

}  // namespace
}  // namespace tenfold
