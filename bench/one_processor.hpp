#pragma once

#if defined __linux__
#include <sched.h>
#endif

namespace bench {

/// To the last processor that this process may use: it serves the fewest interrupts.
inline void stay_on_one_processor() {
#if defined __linux__
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; --cpu)
        if (CPU_ISSET(cpu, &allowed)) {
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
            return;
        }
#endif
}

} // namespace bench
