// Tests use OpenCV as the program does: in one thread. Its own threads would also be races to the thread sanitizer, which
// cannot see into it.

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace tenfold::test {
namespace {

class OpencvThreads : public ::testing::Environment {
  void SetUp() override { cv::setNumThreads(1); }
};

[[maybe_unused]] const ::testing::Environment* const registered =
    ::testing::AddGlobalTestEnvironment(new OpencvThreads);  // googletest deletes it

}  // namespace
}  // namespace tenfold::test
