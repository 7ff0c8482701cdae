#pragma once

int failures_of_library();
const char* isa_of_library();
