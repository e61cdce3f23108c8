// The inner loops of nearly all work on planes and grey images, compiled for several instruction sets, of
// which the best that the CPU has is taken at run time. All of it is integer arithmetic: the same bytes on
// every set.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "fusion/coordinates.h"
#include "fusion/working_row.h"
#include "tenfold/steps/sampling.h"

namespace tenfold {

// A plane of 8 bits with each pixel beside the one below it, so that one load of 32 bits fetches the four
// neighbours that linear interpolation wants: `pairs` is H×(W+1) of CV_8UC2, with the last row and column
// twice.
void pair_rows(const cv::Mat& plane, cv::Mat& pairs);
bool can_be_paired(cv::Size plane);  // with offsets of 32 bits

// The coordinates start + i · step for `count` pixels, in 2^-32 pixel; see CoordinateBlock.
struct Walk {
  std::int64_t start_x, start_y, step_x, step_y;
};
void walk_coordinates(const Walk& walk, int count, CoordinateBlock& block);

// Whether all of the block's places, with their four neighbours, lie at most `beyond` pixels outside an image
// of this size.
bool lies_within(const CoordinateBlock& block, cv::Size size, cv::Size beyond);

// How much of a place's value comes from the image and not from the fill around it.
inline constexpr int kCoverageBits = 14;
struct Coverage {
  alignas(64) std::array<std::int32_t, kBlock> part;
};

// Takes places beyond the edges to those that stand for them, so that all four neighbours can be read from
// paired rows. With a constant border, `coverage` says how much of the image is there. REQUIRES another
// border than kWrap, and places not too many sizes away: a reflection takes them one size nearer.
void fold_coordinates(const CoordinateBlock& block, cv::Size size, Border border, CoordinateBlock& folded,
                      Coverage& coverage);

// Linear interpolation between paired rows at places inside the image, or folded.
void sample_pairs(const cv::Mat& pairs, const CoordinateBlock& block, WorkingRow& row);

// Mixes in the fill, a value of the working row.
void cover(const Coverage& coverage, int count, std::uint16_t fill, WorkingRow& row);

// out = (gain · in + offset) >> shift, to whole code values, for rows of one lane.
void scale_row(std::int32_t gain, std::int32_t offset, int shift, int count, WorkingRow& row);

// Rounds a row of one lane to code values.
void store_codes(const WorkingRow& row, int count, std::uint8_t* codes);

}  // namespace tenfold
