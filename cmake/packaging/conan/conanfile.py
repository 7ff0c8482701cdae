# conan create cmake/packaging/conan -s compiler.cppstd=20
#
# It packs the headers of the checkout it stands in.

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class SimdactConan(ConanFile):
    name = "simdact"
    description = "Activation functions and their derivatives on floats, SIMD batches and arrays"
    license = "MIT"
    url = homepage = "https://github.com/simdact/simdact"
    topics = ("activation-functions", "simd", "neural-network", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    # The version stands in version.hpp alone.
    def set_version(self):
        header = load(self, os.path.join(self._root, "include", "simdact", "version.hpp"))
        parts = (re.search(rf"SIMDACT_VERSION_{part} (\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH"))
        self.version = ".".join(parts)

    def export_sources(self):
        for pattern in "include/*.hpp", "cmake/dispatch.cmake", "cmake/dispatch/*.cpp":
            copy(self, pattern, src=self._root, dst=self.export_sources_folder)
        copy(self, "LICENSE", src=self._root, dst=self.export_sources_folder)

    def requirements(self):
        self.requires("xsimd/[>=8.1]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    # One package for every compiler and system.
    def package_id(self):
        self.info.clear()

    def package(self):
        for pattern in "include/*.hpp", "cmake/dispatch*":
            copy(self, pattern, src=self.source_folder, dst=self.package_folder)
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "simdact")
        self.cpp_info.set_property("cmake_target_name", "simdact::simdact")
        self.cpp_info.set_property("cmake_build_modules", [os.path.join("cmake", "dispatch.cmake")])
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
