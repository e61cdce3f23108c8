// Writes the files that fuzzing starts from: DIR/<target>/<name>, small and sound ones of every kind.
//
//   fuzz_seeds DIR

#include <cstdio>
#include <filesystem>
#include <map>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "dataset/archives.h"
#include "fuzz/fuzzing.h"
#include "image/sample_files.h"
#include "support/temporary_folder.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

using test::pattern;
using std::string_view_literals::operator""sv;

const cv::Size kSize{17, 24};

// What configs/ does not use. Behind the form feed stand settings.
constexpr std::string_view kRecipe = R"(version: 1
seed: 18446744073709551615
input: {root: in, ignore: ["*_mask.png", 'b/*'], on_bad_image: fail, max_bad: 5%, max_pixels: 100M, follow_links: all}
output: {root: out, format: webp, quality: keep, originals: hardlink, name: "{name}__{copy:04}"}
expand: {factor: 1.5, balance: {power: .5}, max_copies: 50, undersample: true, draws: independent}
prepare:
  - resize: {shorter: 256}
augment: &chain
  - one_of: {weights: [1, 2], transforms: [rotate: {degrees: ±20}, transpose]}
  - some_of: {count: [1, 2], transforms: [horizontal_flip, gamma: {gamma: [0.5, 1e0]}]}
  - shuffle: [vertical_flip: {p: 25%}, hue]
  - sequence: {p: 0.5, transforms: [equalize, brightness: {factor: +-.2}]}
sampling: {interpolation: lanczos, border: constant, fill: [0, 128, 255]}
strength: {grow_with_copy: true}
accept: {min_contrast: 0.2, min_deviation: 3, min_detail: 10%, min_distance: 4}
relabel: {horizontal_flip: {left: right, right: left}}
label_safe: [vertical_flip]
classes:
  a: {target: 900, augment: *chain, strength: {grow_with_copy: false}}
  "6": {without: [horizontal_flip]}
)";
constexpr std::string_view kSettings =
    "\fexpand.factor=99999999999999999999\nexpand.balance={to: 5}\naugment.0.one_of.weights=[1, "
    ".inf]\na.b.c=1";

class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, std::string_view text) {
    test::write_text(folder_ / target / std::to_string(count_++), std::string(text));
  }
  void add_image(const std::string& target, const Bytes& file) {
    test::must(test::reason(file) == "an image", "a seed is a sound " + target + ": " + test::reason(file));
    add(target, test::text_of(file));
    add("header", test::text_of(file));
  }
  // As tenfold itself writes it.
  void add_encoded(const std::string& target, Format format, int type, bool lossless = false) {
    Bytes file;
    if (encode(pattern(kSize, type), {.format = format, .lossless = lossless}, {.format = format}, file))
      add_image(target, file);
  }

 private:
  std::filesystem::path folder_;
  int count_ = 0;
};

void add_recipes(Seeds& seeds) {
  for (const auto& entry : std::filesystem::directory_iterator(TENFOLD_CONFIGS))
    if (entry.path().extension() == ".yaml") seeds.add("recipe", test::read_text(entry.path()));
  seeds.add("recipe", kRecipe);
  seeds.add("recipe", std::string(kRecipe) + std::string(kSettings));
}

void add_jpegs(Seeds& seeds) {
  const cv::Mat color = pattern(kSize, CV_8UC3);
  for (const test::JpegOptions& options :
       {test::JpegOptions{}, test::JpegOptions{.horizontal = 1, .vertical = 1},
        test::JpegOptions{.horizontal = 4, .vertical = 2}, test::JpegOptions{.restart_interval = 1},
        test::JpegOptions{.progressive = true}, test::JpegOptions{.separate_scans = true},
        test::JpegOptions{.rgb = true}, test::JpegOptions{.icc_profile = test::icc_profile("RGB ")}})
    seeds.add_image("jpeg", test::jpeg_file(color, options));
  seeds.add_image("jpeg", test::jpeg_file(pattern(kSize, CV_8UC1)));
  seeds.add_image("jpeg", test::jpeg_file(pattern(kSize, CV_8UC4)));
  for (const bool big_endian : {false, true}) {
    const Bytes exif = test::joined({test::bytes_of("Exif\0\0"sv), test::exif_block(6, big_endian)});
    seeds.add_image("jpeg", test::with_segments(test::jpeg_file(pattern({32, 16}, CV_8UC3)),
                                                test::jpeg_segment(0xE1, exif)));
  }
}

void add_pngs(Seeds& seeds) {
  for (const int type : {CV_8UC1, CV_8UC2, CV_8UC3, CV_8UC4, CV_16UC1, CV_16UC2, CV_16UC3, CV_16UC4})
    seeds.add_encoded("png", Format::kPng, type);
  constexpr int kGrey = 0, kPalette = 3;
  const Bytes palette{255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};
  for (const int depth : {1, 2, 4}) {
    const std::vector<Bytes> rows(3, Bytes{0x1B});
    const auto width = static_cast<std::uint32_t>(8 / depth);
    seeds.add_image("png", test::png_file(width, 3, depth, kGrey, rows, {{"tRNS", {0, 1}}}));
    seeds.add_image("png",
                    test::png_file(width, 3, depth, kPalette, rows, {{"PLTE", palette}, {"tRNS", {0, 128}}}));
  }
  seeds.add_image("png", test::png_file(1, 1, 8, kGrey, {{7}}, {{"eXIf", test::exif_block(8, true)}},
                                        {{"tEXt", test::bytes_of("a\0b"sv)}}));
}

void add_tiffs(Seeds& seeds) {
  constexpr int kNone = 1, kLzw = 5, kDeflate = 8, kPackBits = 32773;
  for (const int compression : {kNone, kLzw, kDeflate, kPackBits})
    for (const int type : {CV_8UC1, CV_8UC4, CV_16UC3})
      seeds.add_image("tiff", test::tiff_file(pattern(kSize, type), {.compression = compression}));
  const cv::Mat grey = pattern(kSize, CV_8UC1), color = pattern(kSize, CV_8UC3);
  seeds.add_image("tiff", test::tiff_file(color, {.orientation = 6, .big_endian = true, .pages = 2}));
  seeds.add_image("tiff", test::tiff_file(color, {.big_tiff = true, .tiled = true}));
  seeds.add_image("tiff", test::tiff_file(color, {.planar = true}));
  seeds.add_image("tiff", test::tiff_file(grey, {.min_is_white = true}));
  seeds.add_image("tiff", test::tiff_file(pattern(kSize, CV_8UC4), {.premultiplied = true}));
}

// What tenfold does not write: runs and masks.
void add_bmps(Seeds& seeds) {
  for (const int type : {CV_8UC1, CV_8UC3}) seeds.add_encoded("bmp", Format::kBmp, type);
  const Bytes runs{'B', 'M', 74, 0, 0,   0, 0, 0,   0,  0, 62, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0,
                   1,   0,   8,  0, 1,   0, 0, 0,   12, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0,
                   0,   0,   0,  0, 255, 0, 0, 255, 0,  0, 3,  1, 1, 0, 0,  0, 0, 3, 1, 0, 1, 0, 0, 1};
  const Bytes masks{'B', 'M', 70, 0, 0,   0, 0, 0, 0,  0, 66, 0, 0,    0,    40,   0,   0, 0,
                    2,   0,   0,  0, 1,   0, 0, 0, 1,  0, 16, 0, 3,    0,    0,    0,   4, 0,
                    0,   0,   0,  0, 0,   0, 0, 0, 0,  0, 0,  0, 0,    0,    0,    0,   0, 0,
                    0,   248, 0,  0, 224, 7, 0, 0, 31, 0, 0,  0, 0x12, 0x34, 0x56, 0x78};
  seeds.add_image("bmp", runs);
  seeds.add_image("bmp", masks);
}

void add_pnms(Seeds& seeds) {
  for (const std::string_view text : {"P1 3 2\n101 # white\n0 1 0"sv, "P2 3 1 255\n0 128 255\n"sv,
                                      "P3 1 1 255\n1 2 3\n"sv, "P4 9 2\n\xAA\x80\0\0"sv})
    seeds.add_image("pnm", test::bytes_of(text));
  for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3}) seeds.add_encoded("pnm", Format::kPnm, type);
}

Bytes little(std::uint32_t value, int bytes) {
  Bytes out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
  return out;
}

Bytes webp_chunk(std::string_view type, const Bytes& payload) {
  return test::joined({test::bytes_of(type), little(static_cast<std::uint32_t>(payload.size()), 4), payload,
                       Bytes(payload.size() % 2)});
}

Bytes webp_animation() {
  constexpr int kRiffHeadBytes = 12, kWidth = 32, kHeight = 26;
  Bytes frame;
  const SourceTraits traits{.format = Format::kWebp, .lossless = true};
  if (!encode(pattern(kSize, CV_8UC3), traits, {.format = Format::kWebp}, frame)) return {};
  const auto width = static_cast<std::uint32_t>(kSize.width),
             height = static_cast<std::uint32_t>(kSize.height);
  const Bytes place = test::joined(
      {little(2, 3), little(1, 3), little(width - 1, 3), little(height - 1, 3), little(100, 3), {0}});
  const Bytes shown =
      webp_chunk("ANMF", test::joined({place, Bytes(frame.begin() + kRiffHeadBytes, frame.end())}));
  const Bytes canvas = test::joined({{2, 0, 0, 0}, little(kWidth - 1, 3), little(kHeight - 1, 3)});
  const Bytes chunks = test::joined(
      {test::bytes_of("WEBP"), webp_chunk("VP8X", canvas), webp_chunk("ANIM", Bytes(6)), shown, shown});
  return webp_chunk("RIFF", chunks);
}

void add_webps(Seeds& seeds) {
  seeds.add_image("webp", webp_animation());
  for (const bool lossless : {false, true})
    for (const int type : {CV_8UC3, CV_8UC4}) seeds.add_encoded("webp", Format::kWebp, type, lossless);
}

void add_archives(Seeds& seeds) {
  const test::TemporaryFolder folder;
  const std::vector<test::Packed> entries = {
      {"a/", "", AE_IFDIR},
      {"a/1.pgm", "P5 1 1 255\n7"},
      {"b/" + std::string(90, 'n') + "/" + std::string(90, 'm') + ".pgm", "P5 1 1 255\n7"},
      {"b/2.pgm", "", AE_IFLNK, "1.pgm"}};
  for (const char* format : {"gnutar", "pax", "ustar"}) {
    test::write_tar(folder / "seed", entries, format);
    seeds.add("archive", test::read_text(folder / "seed"));
  }
  test::write_tar(folder / "seed", {{"1.pgm", "P5 1 1 255\n7"}, {"1.cls", "7"}}, "ustar");
  seeds.add("archive", test::read_text(folder / "seed"));
  for (const bool deflated : {false, true}) {
    test::write_zip(folder / "seed", {{"a/1.pgm", "P5 9 9 255\n" + std::string(81, '7')}, {"b/2", "x"}},
                    deflated);
    seeds.add("archive", test::read_text(folder / "seed"));
  }
}

void add_tables(Seeds& seeds) {
  seeds.add("csv", "file,label\r\n\"a \"\"b\"\", c\",1\r\n\nx,\n");
  seeds.add("csv", "a\n1\n");
}

// The first byte is for the target.
void add_annotations(Seeds& seeds) {
  for (const char* choice : {"\0", "\x18", "\x30", "\x48"}) {
    const auto of_kind = [&](int kind, std::string_view text) {
      seeds.add("annotations", std::string(1, static_cast<char>(*choice + kind)).append(text));
    };
    of_kind(0, "3 0.5 0.5 0.4 0.2\n\n1 .1 .2 .3 .2 3e-1 .6\n");
    of_kind(1,
            "<annotation><filename>a</filename><size><width>100</width><height>50</height></size><object>"
            "<name>dog</name><truncated>0</truncated><bndbox><xmin>11</xmin><ymin>21</ymin><xmax>30</xmax>"
            "<ymax>50</ymax></bndbox><part><name>head</name><bndbox><xmin>11</xmin><ymin>21</ymin><xmax>20"
            "</xmax><ymax>30</ymax></bndbox></part></object></annotation>");
    of_kind(
        2,
        R"({"images":[{"id":7,"file_name":"a","width":100,"height":50}],"annotations":[{"id":1,"image_id":7,)"
        R"("category_id":2,"bbox":[10,20.5,20,30],"iscrowd":0},{"id":2,"image_id":7,"category_id":2,"bbox":)"
        R"([0,0,9,9],"segmentation":[[1,1,9,1,9,9],[2,2,3,3,4,0]]},{"id":3,"image_id":7,"category_id":2,)"
        R"("bbox":[0,0,9,9],"segmentation":{"size":[50,100],"counts":"0"},"keypoints":[1,2,2]}],)"
        R"("categories":[{"id":2,"name":"x"}]})");
  }
}

void add_journal_and_manifest(Seeds& seeds) {
  const OutputRecord record{.bytes = 31337,
                            .hash = {1, 2},
                            .fingerprint = {3, 4},
                            .width = 512,
                            .height = 384,
                            .refused = {"blank"}};
  const test::TemporaryFolder folder;
  {
    Journal journal(folder / "journal", 0, [] {});
    journal.begin(std::vector<std::string>{"a/1__x0001.jpg", "a/2\n.jpg"});
    journal.made("a/1__x0001.jpg", record);
    journal.good("a/1.jpg", {{5, 6}});
    journal.bad("b/ä.jpg", {{7, 8}, "decode", "the file ends in the middle of the image"});
  }
  seeds.add("journal", test::read_text(folder / "journal"));

  ManifestLine line{"a/1.jpg", "a", "train", "a/1.jpg", 0, record, 30303, {5, 6}};
  std::string manifest = manifest_text(line);
  line.file_name = "a/1__x0001.jpg";
  line.copy = 1;
  line.transforms = R"([{"name":"rotate","degrees":-7.5}])";
  line.partners = R"([{"source":"a/2.jpg","hash":"00"}])";
  line.label_weights = R"({"a":1})";
  manifest += manifest_text(line);
  seeds.add("manifest", manifest);
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s DIR\n", argv[0]);
    return 2;
  }
  tenfold::Seeds seeds(argv[1]);
  tenfold::add_recipes(seeds);
  tenfold::add_jpegs(seeds);
  tenfold::add_pngs(seeds);
  tenfold::add_webps(seeds);
  tenfold::add_tiffs(seeds);
  tenfold::add_bmps(seeds);
  tenfold::add_pnms(seeds);
  tenfold::add_archives(seeds);
  tenfold::add_tables(seeds);
  tenfold::add_annotations(seeds);
  tenfold::add_journal_and_manifest(seeds);
}
