#!/usr/bin/env python3
"""Breaks every rule of check_layers.py once, in small trees made on the fly."""

import tempfile
import unittest
from pathlib import Path

from check_layers import check


class CheckLayers(unittest.TestCase):
    def violations(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check(Path(folder))

    def source(self, module, text):
        """The violations of one source in an otherwise sound module."""
        return self.violations({f"src/{module}/a.cpp": text,
                                f"src/{module}/CMakeLists.txt": "target_sources(tenfold_core PRIVATE a.cpp)\n"})

    def test_a_sound_tree_passes(self):
        text = '#include "tenfold/rng/rng.h"\n#include "fusion/rows.h"\n#include <vector>\nint f() { return 0; }\n'
        self.assertEqual(self.source("fusion", text), [])

    def test_an_include_upwards(self):
        self.assertEqual(self.source("image", '\n#include "tenfold/plan/plan.h"\n'),
                         ["src/image/a.cpp:2: image (layer 1) includes tenfold/plan/plan.h of layer 4"])

    def test_an_include_upwards_in_a_public_header(self):
        self.assertEqual(self.violations({"include/tenfold/base/a.h": '#include "tenfold/rng/rng.h"\n'}),
                         ["include/tenfold/base/a.h:1: base (layer 0) includes tenfold/rng/rng.h of layer 0"])

    def test_neighbours_of_one_layer(self):
        for here, there in (("fusion", "transforms"), ("transforms", "fusion"), ("recipe", "dataset"),
                            ("dataset", "recipe"), ("store", "image")):
            with self.subTest(here=here):
                self.assertEqual(len(self.source(here, f'#include "tenfold/{there}/x.h"\n')), 1)

    def test_a_private_header_of_another_module(self):
        self.assertEqual(self.source("plan", '#include "dataset/walk.h"\n'),
                         ["src/plan/a.cpp:1: plan includes dataset/walk.h, which is private to dataset"])

    def test_third_party_headers(self):
        for header, allowed, forbidden in (("yaml-cpp/yaml.h", "recipe", "plan"), ("CLI/CLI.hpp", "cli", "report"),
                                           ("spdlog/spdlog.h", "cli", "run"), ("tbb/parallel_for.h", "run", "image"),
                                           ("oneapi/tbb/parallel_for.h", "dataset", "plan")):
            with self.subTest(header=header):
                self.assertEqual(self.source(allowed, f"#include <{header}>\n"), [])
                self.assertEqual(len(self.source(forbidden, f"#include <{header}>\n")), 1)

    def test_a_long_file(self):
        self.assertEqual(self.source("base", "\n" * 400), [])
        self.assertEqual(self.source("base", "\n" * 401),
                         ["src/base/a.cpp:401: 401 lines; a file has at most 400"])

    def test_a_long_function(self):
        def nested(lines):
            body = "  if (true) {\n  }\n" * ((lines - 2) // 2)
            return f"#if defined(X)\n#endif\nnamespace tenfold {{\n\nint f(\n    int x) {{ // }}\n{body[:-1]}\n}}\n}}\n"
        self.assertEqual(self.source("base", nested(59)), [])
        self.assertEqual(self.source("base", nested(61)),
                         ["src/base/a.cpp:5: a function of 61 lines; at most 60"])

    def test_a_long_method_and_a_long_class(self):
        method = "  void f() {\n" + "    g();\n" * 59 + "  }\n"
        short = "  void f() {}\n" * 100
        self.assertEqual(self.source("base", f"class A {{\n{short}}};\n"), [])
        self.assertEqual(self.source("base", f"class A {{\n{method}}};\n"),
                         ["src/base/a.cpp:2: a function of 61 lines; at most 60"])

    def test_a_library_that_prints(self):
        for text in ("std::cout << 1;", "std::cerr << 1;", 'printf("x");', 'std::printf("x");', 'fprintf(f, "x");',
                     'puts("x");', 'std::fprintf(f, "x");'):
            with self.subTest(text=text):
                self.assertEqual(self.source("plan", text + "\n"), ["src/plan/a.cpp:1: the library never prints"])
                self.assertEqual(self.source("cli", text + "\n"), [])

    def test_what_only_looks_like_printing(self):
        for text in ('std::snprintf(b, 9, "x");', "// std::cout", '"std::cerr"', "/* printf(\n */", "sprint(f);"):
            with self.subTest(text=text):
                self.assertEqual(self.source("plan", text + "\n"), [])

    def test_a_source_that_is_not_built(self):
        for listing in ("", "# a.cpp\n", "target_sources(tenfold_core PRIVATE aa.cpp)\n"):
            with self.subTest(listing=listing):
                self.assertEqual(self.violations({"src/base/a.cpp": "", "src/base/CMakeLists.txt": listing}),
                                 ["src/base/a.cpp:1: is not listed in src/base/CMakeLists.txt"])

    def test_a_folder_that_is_no_module(self):
        self.assertEqual(self.violations({"src/utils/a.h": ""}), ["src/utils/a.h:1: belongs to no module"])


if __name__ == "__main__":
    unittest.main()
