// The sections of the report's page, each empty where it has nothing to say.

#pragma once

#include <string>

#include "tenfold/run/output_figures.h"

namespace tenfold {

std::string classes_section(const OutputFigures& figures);
std::string splits_section(const OutputFigures& figures);
std::string copies_section(const OutputFigures& figures);
std::string pictures_section(const OutputFigures& figures);
std::string draws_section(const OutputFigures& figures);
std::string mishaps_section(const OutputFigures& figures);
std::string pixels_section(const OutputFigures& figures);
std::string recipe_section(const OutputFigures& figures);

}  // namespace tenfold
