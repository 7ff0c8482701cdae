#define DISPATCHED
#define BY_NAME
#include "simdact.cpp"
