#pragma once

/// Not found out by choosing among overloads: whoever considers such a function is refused.
template <class...>
struct Called {
    static_assert(sizeof(Called*) == 0, "the library called a function of its user's namespace");
    using type = void;
};
