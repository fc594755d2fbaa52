// A stage is something that can be polled. It does at most `budget` units of work, never blocks,
// and answers how much it did; zero means idle. Which thread polls it is decided in app/.
#pragma once

#include <cstddef>

namespace sluice {

class Stage {
public:
    virtual ~Stage() = default;
    virtual std::size_t poll(std::size_t budget) = 0;
};

}  // namespace sluice
