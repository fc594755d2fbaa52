// Which venues are up and how many requests each has in flight. The core never waits on a venue:
// a request is admitted by a credit and refused when there is none. Cancels have credits of their
// own, so a full lane of orders never keeps a cancel back.
// Owner: core thread.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/orders/name_table.hpp"

namespace sluice {

enum class Lane : std::uint8_t { Orders = 0, Cancels = 1 };

class VenueBoard {
public:
    // A venue that is new starts down, until its adapter says SessionUp; known ones keep their
    // state. A venue that the document no longer names keeps what it has in flight and takes no
    // more.
    void configure(const CoreConfig& config, const NameTable& names);

    bool known(VenueId venue) const { return venue.value < venues_.size(); }
    void set_up(VenueId venue, bool up);
    bool is_up(VenueId venue) const;
    bool has_credit(VenueId venue, Lane lane) const;
    std::uint32_t credits_left(VenueId venue, Lane lane) const;
    // One request goes out. GW_CHECK without a credit.
    void take_credit(VenueId venue, Lane lane);
    // The venue answered one. GW_CHECK when nothing was in flight.
    void return_credit(VenueId venue, Lane lane);
    std::uint32_t in_flight(VenueId venue, Lane lane) const;
    std::uint32_t size() const { return static_cast<std::uint32_t>(venues_.size()); }

private:
    struct Venue {
        std::uint32_t credits = 0;  // of each lane
        std::uint32_t in_flight[2] = {0, 0};
        bool up = false;
    };
    std::vector<Venue> venues_;
};

}  // namespace sluice
