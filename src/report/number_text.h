// Numbers as the report's page writes them.

#pragma once

#include <string>

namespace tenfold {

// At most four digits that count: 0.2304, 12.5, 1.2e+06.
std::string short_number(double value);

// With as many digits behind the point as tell apart a thousandth of a range so wide.
std::string number_within(double value, double width);

// "49.8 %".
std::string percent(double share);

// "4.0", for ratios.
std::string one_decimal(double value);

}  // namespace tenfold
