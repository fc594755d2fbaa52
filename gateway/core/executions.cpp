#include "gateway/core/executions.hpp"

namespace sluice {

void Executions::size_for(std::size_t entries) {
    max_ = entries;
    entries_.reserve(entries);
    moved_.assign(entries, kNoIndex);
    index_.size_for(entries);
}

std::uint64_t Executions::hash(VenueId venue, OrderId order, const ForeignId& id) {
    Digest digest;
    digest.add(std::uint64_t{venue.value});
    digest.add(order.value);
    digest.add(id.view());
    return mix_bits(digest.value());
}

Execution* Executions::find(VenueId venue, OrderId order, const ForeignId& id, bool carried) {
    const auto slot = index_.find(hash(venue, order, id), [&](std::uint32_t at) {
        const auto& entry = entries_[at];
        return entry.venue == venue && entry.order == order && entry.venue_exec_id == id &&
               entry.carried == carried;
    });
    return slot == kNoIndex ? nullptr : &entries_[slot];
}

Execution* Executions::find(VenueId venue, OrderId order, const ForeignId& venue_exec_id) {
    return find(venue, order, venue_exec_id, false);
}

Execution* Executions::find_any_day(VenueId venue, OrderId order, const ForeignId& venue_exec_id) {
    Execution* today = find(venue, order, venue_exec_id, false);
    return today != nullptr ? today : find(venue, order, venue_exec_id, true);
}

Execution& Executions::latest(Execution& execution) {
    Execution* at = &execution;
    while (at->successor != kNoIndex) {
        at = &entries_[at->successor];
    }
    return *at;
}

Execution* Executions::add(VenueId venue, OrderId order, const ForeignId& venue_exec_id) {
    if (entries_.size() >= max_) {
        return nullptr;
    }
    const auto slot = static_cast<std::uint32_t>(entries_.size());
    Execution& entry = entries_.emplace_back();
    entry.venue_exec_id = venue_exec_id;
    entry.venue = venue;
    entry.order = order;
    index_.insert(hash(venue, order, venue_exec_id), slot);
    return &entry;
}

void Executions::replace(Execution& a, const Execution& b) {
    a.successor = static_cast<std::uint32_t>(&b - entries_.data());
    a.standing = false;
}

// The executions of an order go or stay together, so what a kept one names is kept, too.
void Executions::keep_marked() {
    std::uint32_t kept = 0;
    for (std::size_t from = 0; from < entries_.size(); ++from) {
        if (moved_[from] != kNoIndex) {
            moved_[from] = kept;
            entries_[kept++] = entries_[from];
        }
    }
    entries_.resize(kept);
    index_.clear();
    for (std::uint32_t slot = 0; slot < kept; ++slot) {
        Execution& entry = entries_[slot];
        entry.carried = true;
        if (entry.successor != kNoIndex) {
            entry.successor = moved_[entry.successor];
        }
        index_.insert(hash(entry.venue, entry.order, entry.venue_exec_id), slot);
    }
}

void Executions::digest(Digest& digest) const {
    for (const auto& entry : entries_) {
        digest.add(entry.venue_exec_id.view());
        digest.add(std::uint64_t{entry.venue.value});
        digest.add(entry.order.value);
        digest.add(entry.exec.value);
        digest.add_signed(entry.fill.qty.units());
        digest.add_signed(entry.fill.price.units());
        digest.add_signed(entry.fill.own.units());
        digest.add_signed(entry.fill.firm.units());
        digest.add(std::uint64_t{entry.successor});
        digest.add(std::uint64_t{entry.standing});
        digest.add(std::uint64_t{entry.carried});
    }
}

}  // namespace sluice
