// InFlight: whether inputs that a session caused are still on their way to the core, that is, not
// yet in the journal. Asked by the message store before it writes a record that would overtake
// them.
#pragma once

namespace sluice::engine {

class InFlight {
public:
    virtual ~InFlight() = default;
    virtual bool records_in_flight() const = 0;
};

}  // namespace sluice::engine
