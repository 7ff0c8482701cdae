#include "../description.hpp"

namespace tests {
namespace {

struct identity : describes {
    static constexpr const char* name = "identity";
    template <class T>
    static constexpr T deepest = -10;
    static constexpr facts fact = {.odd = true,
                                   .even_derivative = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .in_constant_expressions = true};
    static constexpr readme_text readme = {.f = "x", .derivative = "1", .from_output = "1"};
    static std::vector<std::string> elsewhere() { return {"onnx Identity", "pytorch Identity", "keras linear"}; }

    template <class T>
    static bool straight(T, const T*) {
        return true;
    }

    template <class R>
    static R f(R x, const R*) {
        return x;
    }
    template <class R>
    static R derivative(R, const R*) {
        return R(1);
    }
    template <class R>
    static R from_output(R, const R*) {
        return R(1);
    }

    template <class T>
    static bounds bound(const T*) {
        return {};
    }

    template <class T>
    static std::vector<row<T>> values(const T*) {
        std::vector<row<T>> rows;
        for (const T x : {infinity<T>, std::numeric_limits<T>::max(), T(1), denormal<T>, T(0)}) {
            rows.push_back({x, x, T(1)});
            rows.push_back({-x, -x, T(1)});
        }
        return with_nan<T>(rows);
    }
};

const described<identity> here;

} // namespace
} // namespace tests
