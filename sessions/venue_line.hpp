// VenueLine: one FIX session of a venue that may have several. Passes on to the venue adapter what
// its Initiator hears, with the line it came over. Owner: the I/O thread.
#pragma once

#include <cstdint>

#include "sessions/initiator.hpp"

namespace sluice {

class VenueLineOwner {
public:
    virtual ~VenueLineOwner() = default;
    virtual bool has_room() = 0;  // for one more application message of any line
    virtual bool records_in_flight() const = 0;
    virtual engine::ConsumedBy on_app(std::uint8_t line,
                                      const engine::HostOwner::Incoming& incoming) = 0;
    virtual engine::ConsumedBy on_session_reject(std::uint8_t line,
                                                 const engine::HostOwner::Incoming& incoming) = 0;
    virtual void on_line_up(std::uint8_t line) = 0;
    virtual void on_line_down(std::uint8_t line) = 0;
};

class VenueLine final : public InitiatorOwner {
public:
    VenueLine(VenueLineOwner& owner,
              std::uint8_t number,
              transport::Reactor& reactor,
              transport::Resolver& resolver,
              const InitiatorSettings& settings,
              engine::Dictionaries& dictionaries,
              journal::LogWriter& log,
              engine::Clock& clock,
              engine::StoreIndex index)
        : owner_(owner),
          number_(number),
          initiator_(
              reactor, resolver, settings, dictionaries, log, clock, std::move(index), *this) {}

    Initiator& initiator() { return initiator_; }
    const Initiator& initiator() const { return initiator_; }
    engine::SessionHost& host() { return initiator_.host(); }
    const engine::SessionHost& host() const { return initiator_.host(); }
    bool is_up() const { return initiator_.is_up(); }

    bool has_room() override { return owner_.has_room(); }
    bool records_in_flight() const override { return owner_.records_in_flight(); }
    engine::ConsumedBy on_app(const Incoming& incoming) override {
        return owner_.on_app(number_, incoming);
    }
    engine::ConsumedBy on_session_reject(const Incoming& incoming) override {
        return owner_.on_session_reject(number_, incoming);
    }
    void on_logged_on() override { owner_.on_line_up(number_); }
    void on_logged_out() override { owner_.on_line_down(number_); }

private:
    VenueLineOwner& owner_;
    std::uint8_t number_;
    Initiator initiator_;
};

}  // namespace sluice
