// Text forms of our ids. OrderID(37) "G3-17": instance G, epoch 3, order 17. ExecID(17) "G3-E42".
// The ClOrdID(11) that a venue sees, "G3-17.2": order and version of the request, so it is a
// function of both and never used twice.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/text.hpp"

namespace sluice {

using IdText = Text<40>;
using Instance = Text<4>;

IdText order_id_text(const Instance& instance, OrderId order);
IdText exec_id_text(const Instance& instance, ExecId exec);
IdText venue_cl_ord_id_text(const Instance& instance, OrderId order, std::uint32_t version);

struct VenueClOrdId {
    OrderId order;
    std::uint32_t version = 0;
};
// Empty when the text is not one of ours.
std::optional<OrderId> parse_order_id(const Instance& instance, std::string_view text);
std::optional<VenueClOrdId> parse_venue_cl_ord_id(const Instance& instance, std::string_view text);

}  // namespace sluice
