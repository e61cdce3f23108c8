// Files of boxes: YOLO, VOC and COCO. The first byte says which, how the image lies in its file, and how it
// moves.

#include "fuzz/fuzzing.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/annotations/coco.h"

namespace tenfold {
namespace {

using test::must;

const cv::Size kStored(100, 50);
constexpr double kMinVisibility = 0.1;

// Nothing, a mirror, a turn about a corner, and a view from aside on a smaller frame.
std::vector<Step> steps_of(unsigned number, cv::Size frame) {
  const cv::Matx33d mirror(-1, 0, frame.width - 1.0, 0, 1, 0, 0, 0, 1);
  const cv::Matx33d turn(0.9, -0.4, 3, 0.4, 0.9, -7, 0, 0, 1);
  const cv::Matx33d view(1.1, 0.2, -4, 0.1, 0.8, 5, 0.002, -0.001, 1);
  switch (number % 4) {
    case 0:
      return {};
    case 1:
      return {GeometryStep{frame, {.matrix = mirror, .grid = {}}}};
    case 2:
      return {GeometryStep{frame, {.matrix = turn, .grid = {}}}};
    default:
      return {GeometryStep{{40, 60}, {.matrix = view, .grid = {}}}};
  }
}

ImageHeader header_of(cv::Size stored, int orientation = 1) {
  return {.format = Format::kJpeg, .stored = stored, .orientation = orientation};
}

using Reader = Outcome<AnnotationPointer> (*)(Bytes, const ImageHeader&, double);

void check(Reader read, const Bytes& bytes, const ImageHeader& image, const Movement& movement) {
  const auto annotation = read(bytes, image, kMinVisibility);
  if (!annotation) return must(!annotation.error().reason.empty(), "a refusal has a reason");
  const auto followed = (*annotation)->followed(movement, "x/a__x0001.jpg");
  must(followed.has_value(), "what was read follows");
  const auto again = read(*followed, header_of(movement.output()), kMinVisibility);
  must(again.has_value(), "and can be read again: " + (again ? "" : again.error().reason));
}

// The file of one image, as a run writes it.
std::string written(const CocoFile& file, const CocoObjects& objects, const Movement& movement) {
  std::string text = file.rest.substr(0, file.rest.size() - 1) + ",\"images\":[{\"id\":1," +
                     objects.image_entry("a.jpg", movement.output()).substr(1) + "],\"annotations\":[";
  int number = 0;
  for (const std::string& entry : objects.followed(movement)) {
    if (number > 0) text += ',';
    text += "{\"id\":" + std::to_string(++number) + ",\"image_id\":1," + entry.substr(1);
  }
  return text + "]}";
}

void check_coco(const std::string& text, const ImageHeader& image, const Movement& movement) {
  const auto file = parse_coco(text);
  if (!file) return must(!file.error().empty(), "a refusal has a reason");
  for (const CocoImage& of_file : file->images) {
    const auto objects = CocoObjects::read(of_file, image, kMinVisibility);
    if (!objects) continue;
    const auto again = parse_coco(written(*file, *objects, movement));
    must(again.has_value(), "what was written can be read again: " + (again ? "" : again.error()));
    must(objects->are_followed_by(again->images.front(), movement), "and is what was written");
    must(CocoObjects::read(again->images.front(), header_of(movement.output()), kMinVisibility).has_value(),
         "and is that of the image which was moved");
  }
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenfold;
  if (size == 0) return 0;
  const unsigned choice = data[0];
  const ImageHeader image = header_of(kStored, static_cast<int>(choice / 3 % 8) + 1);
  const Movement movement(steps_of(choice / 24, image.upright()), image.upright(), Border::kReflect);
  const Bytes bytes(data + 1, data + size);
  if (choice % 3 == 0) check(read_yolo, bytes, image, movement);
  if (choice % 3 == 1) check(read_voc, bytes, image, movement);
  if (choice % 3 == 2) check_coco(test::text_of(data + 1, size - 1), image, movement);
  return 0;
}
