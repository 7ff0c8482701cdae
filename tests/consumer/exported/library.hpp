#pragma once

#include <string>

/// x = elu(x), by each of the libraries; the instruction set that it chose.
std::string by_static(float& x);
std::string by_more(float& x);
std::string by_shared(float& x);
std::string by_object(float& x);
