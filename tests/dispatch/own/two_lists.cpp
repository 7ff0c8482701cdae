/// elu is in two lists that are known here: which one is meant has to be said.

#include "my_functions.hpp"
#include "others.hpp"

void call(float (&x)[4]);
void call(float (&x)[4]) {
#if defined(SAID)
    simdact::dispatch::forward<my_functions>(simdact::elu{}, x);
    simdact::dispatch::forward<others::functions>(simdact::elu{}, x);
#else
    simdact::dispatch::forward(simdact::elu{}, x);
#endif
}
