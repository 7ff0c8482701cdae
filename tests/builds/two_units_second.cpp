#define SECOND_UNIT
#include "two_units.cpp"
