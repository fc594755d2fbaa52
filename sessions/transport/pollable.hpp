// Pollable: something with a descriptor that the reactor watches.
#pragma once

#include <cstdint>

namespace sluice::transport {

class Pollable {
public:
    virtual ~Pollable() = default;
    virtual void on_ready(std::uint32_t epoll_events) = 0;
};

}  // namespace sluice::transport
