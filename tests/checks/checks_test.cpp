#include "../catch.hpp"
#include "checks.hpp"

using namespace tests;

TEST_CASE("functions: each is described, and says of itself what its description says", "[functions]") {
    CHECK(check_descriptions(under_test, descriptions()) == findings{});
    for (const function_under_test* f : under_test.functions)
        CHECK(check_facts(*f, description_of(f->name)) == findings{});
}

TEST_CASE("functions: a described derivative is the slope of the described function", "[functions]") {
    for (const description& d : descriptions())
        CHECK(check_truth(d) == findings{});
}

TEMPLATE_TEST_CASE("functions: each is as it is described", "[functions]", float, double) {
    for (const function_under_test* f : under_test.functions)
        for (const auto& check : checks<TestType>::all())
            DYNAMIC_SECTION(f->name << ": " << check.name) {
                CHECK(check.run(*f, description_of(f->name)) == findings{});
            }
}
