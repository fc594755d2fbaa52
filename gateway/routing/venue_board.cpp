#include "gateway/routing/venue_board.hpp"

#include "gateway/domain/check.hpp"

namespace sluice {

namespace {
std::size_t index(Lane lane) {
    return static_cast<std::size_t>(lane);
}
}  // namespace

void VenueBoard::configure(const CoreConfig& config, const NameTable& names) {
    venues_.resize(names.venues.size());
    for (auto& venue : venues_) {
        venue.credits = 0;
    }
    for (const auto& venue : config.venues) {
        venues_[names.venues.find(venue.id)].credits = venue.max_in_flight;
    }
}

void VenueBoard::set_up(VenueId venue, bool up) {
    GW_CHECK(known(venue));
    venues_[venue.value].up = up;
}

bool VenueBoard::is_up(VenueId venue) const {
    return known(venue) && venues_[venue.value].up;
}

bool VenueBoard::has_credit(VenueId venue, Lane lane) const {
    if (!known(venue)) {
        return false;
    }
    const auto& row = venues_[venue.value];
    return row.in_flight[index(lane)] < row.credits;
}

std::uint32_t VenueBoard::credits_left(VenueId venue, Lane lane) const {
    if (!has_credit(venue, lane)) {
        return 0;
    }
    const auto& row = venues_[venue.value];
    return row.credits - row.in_flight[index(lane)];
}

void VenueBoard::take_credit(VenueId venue, Lane lane) {
    GW_CHECK(has_credit(venue, lane));
    ++venues_[venue.value].in_flight[index(lane)];
}

void VenueBoard::return_credit(VenueId venue, Lane lane) {
    GW_CHECK(in_flight(venue, lane) > 0);
    --venues_[venue.value].in_flight[index(lane)];
}

std::uint32_t VenueBoard::in_flight(VenueId venue, Lane lane) const {
    return known(venue) ? venues_[venue.value].in_flight[index(lane)] : 0;
}

}  // namespace sluice
