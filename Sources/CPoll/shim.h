#pragma once
// What Swift's own modules leave out of Linux.
#ifdef __linux__
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <unistd.h>

// Asks for the shortest time slice for the calling thread, 0.1 ms: it gets no more of a core, but gets it sooner when it
// wakes (sched_setattr(2); Linux 6.12 and later, no effect before). Needs no privilege; C libraries have no wrapper yet.
static inline void poise_wake_soon(void) {
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    // The system call gives 20 less the nice value, which stays as it is.
    attributes.nice = 20 - (int32_t)syscall(SYS_getpriority, 0, 0);
    attributes.runtime = 100000;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

// Whether something keeps the wall clock right, by the kernel (adjtimex(2)): -1 unknown, 0 no, 1 yes.
static inline int poise_clock_is_kept(void) {
    struct timex state;
    memset(&state, 0, sizeof state);
    int result = adjtimex(&state);
    return result < 0 ? -1 : result != TIME_ERROR && !(state.status & STA_UNSYNC);
}
#else
static inline void poise_wake_soon(void) {}
static inline int poise_clock_is_kept(void) { return -1; }
#endif
