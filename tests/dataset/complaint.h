// What a scan refuses, in words.

#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tenfold/base/error.h"

namespace tenfold {

// The message of the usage error that `action` ends with.
template <typename Action>
std::string complaint(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "none";
}

}  // namespace tenfold
