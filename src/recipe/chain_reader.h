// Reads the chains of `prepare`, `augment` and of the classes against the transforms' schemas.
//
// An element is a transform's name, or a map of one key: the name, with parameters or nothing behind it.
// Combinators hold a list, or {p, transforms}; one_of also {weights}, and some_of always {count}. `p` is the
// chance that an element happens: where the recipe does not say, it is the transform's own default, but 1 for
// the children of one_of and some_of, which choose among them already, and for combinators.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reader.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {

enum class ChainPurpose {
  kPrepare,  // nothing in it may draw
  kAugment,
};

class ChainReader {
 public:
  // `annotations` are those that have been read by then: chains must not stand in their way.
  ChainReader(const Reader& reader, const AnnotationsRecipe& annotations)
      : reader_(reader), findings_(reader.findings()), annotations_(annotations) {}

  // Reads a list of elements and gives them their places. What is wrong is reported and left out.
  FieldReader chain(Chain& out, ChainPurpose purpose);

  // The chain without the transforms that the field's list names. Reports unknown names, and warns of
  // transforms that do not occur.
  Chain without(const Field& names, const Chain& chain);

 private:
  // What the elements of a list have in common.
  struct Surroundings {
    ChainPurpose purpose;
    bool is_chosen = false;  // by one_of or some_of
  };

  void read_elements(const Field& list, Surroundings surroundings, Chain& out);
  void read_element(const YamlNode& item, Surroundings surroundings, Chain& out);
  void read_several_keys(const YamlNode& item);
  void read_transform(const TransformSpec& spec, const Field& parameters, Surroundings surroundings,
                      Chain& out);
  void read_combinator(const Combinator& combinator, const Field& field, Surroundings surroundings,
                       Chain& out);
  // `children` is how many the recipe writes, right or wrong; 0: that is not known.
  FieldReader weights(Element& one_of, std::size_t children);
  FieldReader count(Element& some_of, std::size_t children);
  FieldReader parameter(const ParameterSpec& parameter, const TransformSpec& spec, ChainPurpose purpose,
                        ParameterValues& out);
  void read_range(const Field& field, const ParameterSpec& parameter, const TransformSpec& spec,
                  ChainPurpose purpose, ParameterValues& out);
  // The range within the parameter's bounds, or nothing, which is reported.
  std::optional<Range> range_of(const Field& field, const ParameterSpec& parameter, const std::string& hint);
  void check_prepare(const Element& element, const Field& field);
  bool spend(std::size_t elements, const Place& place);

  const Reader& reader_;
  Findings& findings_;
  const AnnotationsRecipe& annotations_;
  std::size_t spent_ = 0;
};

}  // namespace tenfold
