import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain


class SimdactTest(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps"

    # Below .build, which git ignores.
    def layout(self):
        self.folders.root = os.path.join("..", "..", "..", "..")
        self.folders.source = os.path.join("cmake", "packaging", "conan", "test_package")
        self.folders.build = os.path.join(".build", "conan")
        self.folders.generators = self.folders.build

    def requirements(self):
        self.requires(self.tested_reference_str)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            CMake(self).test()
