// Which venue an order goes to. The rows of the document are tried in order; an empty column
// matches everything; the first row that matches decides, and of its venues the first that is up.
// With all of them down a row that says hold gives the order to its first venue, whose adapter
// keeps it until the venue is back. When that venue has no credit the order is refused as
// VenueBusy: it does not spill over to the next one, so where an order goes never depends on the
// load of a millisecond.
//
// ExDestination(100) leads to a venue only through a row that names it. A value that no row names
// is decided by the rows that leave the column empty; without such a row it is NoRoute.
//
// Owner: core thread. configure() compiles names to ids; choose() compares ids only, apart from
// one look at the small table of destinations that rows name. Allocates nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/core_config.hpp"
#include "gateway/domain/decision.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/reject_reason.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/routing/venue_board.hpp"

namespace sluice {

struct Route {
    VenueId venue{kNoIndex};
    std::uint32_t rule = 0;  // 1-based row, 0 when none matched
    RouteReason why = RouteReason::None;
    RejectReason refusal = RejectReason::None;  // NoRoute, VenueDown, VenueBusy
    bool hold = false;  // the row's venues may hold the order while they are away

    bool ok() const { return refusal == RejectReason::None; }
};

class RoutingTable {
public:
    // A row that names an account, an instrument or a venue that the document does not have can
    // not match (the configuration loader refuses such a document).
    void configure(const CoreConfig& config, const NameTable& names);
    Route choose(const DestinationName& ex_destination,
                 AccountId account,
                 InstrumentId instrument,
                 const VenueBoard& board) const;

private:
    static constexpr std::uint32_t kAny = kNoIndex - 1;
    struct Row {
        std::uint32_t destination = kAny;  // index into destinations_
        std::uint32_t account = kAny;
        std::uint32_t instrument = kAny;
        std::uint32_t first_venue = 0;  // range of venues_
        std::uint32_t end_venue = 0;
        RouteReason why = RouteReason::Default;
        bool hold = false;
    };
    std::uint32_t destination_index(const DestinationName& name) const;
    std::uint32_t intern_destination(const std::string& name);

    std::vector<Row> rows_;
    std::vector<VenueId> venues_;
    std::vector<DestinationName> destinations_;
};

}  // namespace sluice
