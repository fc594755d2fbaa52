// Who consumes the MsgSeqNum(34) of an incoming message: a record of the core that carries it, or
// nobody but the session.
#pragma once

#include <cstdint>

namespace sluice::engine {

enum class ConsumedBy : std::uint8_t { Record, Session };

}  // namespace sluice::engine
