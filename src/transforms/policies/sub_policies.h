// The learned policies of AutoAugment: 25 pairs of operations for each dataset that they were learned on.

#pragma once

#include <span>
#include <string_view>

#include "operation.h"

namespace tenfold::policies {

struct GatedOperation {
  Operation operation;
  double p;
  int bin;  // of 10 magnitudes; 0 where the operation has none
};

struct SubPolicy {
  GatedOperation first, second;
};

// Of "imagenet", "cifar10" or "svhn". Source: Cubuk, Zoph, Mané, Vasudevan, Le, "AutoAugment", CVPR 2019,
// with the changes of torchvision.transforms.AutoAugment.
std::span<const SubPolicy> sub_policies(std::string_view policy);

}  // namespace tenfold::policies
