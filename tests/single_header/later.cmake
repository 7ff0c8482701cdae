# The single header again, as version 0.99.0.
file(READ "${HEADER}" text)
string(REGEX REPLACE "define SIMDACT_VERSION_MINOR [0-9]+" "define SIMDACT_VERSION_MINOR 99" text "${text}")
string(REGEX REPLACE "(SIMDACT_SINGLE_HEADER (!= )?)[0-9]+" "\\19900" text "${text}")
file(WRITE "${LATER}" "${text}")
