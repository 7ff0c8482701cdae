#define DISPATCHED
#include "simdact.cpp"
