#include "gateway/venues/egress_queue.hpp"

#include <algorithm>
#include <utility>

#include "gateway/domain/check.hpp"
#include "gateway/domain/command.hpp"

namespace sluice {
namespace {

bool is_cancel(const VenueRequest& request) {
    return request.kind == VenueRequestKind::Cancel;
}
bool is_question(const VenueRequest& request) {
    return request.kind == VenueRequestKind::Status || request.kind == VenueRequestKind::MassStatus;
}
// Never seen by the venue, as far as anybody knows.
bool is_fresh(const VenueRequest& request, VenueRequestKind kind) {
    return request.kind == kind && !request.has(command_flag::kPossResend);
}

VenueEvent answer(const VenueRequest& request, VenueEventKind kind, std::string_view text) {
    VenueEvent event;
    event.kind = kind;
    event.venue = request.venue;
    event.order = request.order;
    event.version = request.version;
    event.flags = venue_event_flag::kNotSent;
    event.text = Prose(text);
    return event;
}

// The New leaves with the Replace's words and under its name, but it stays the New's request: the
// FIX_OUT record proves that one.
void put_merged(const VenueRequest& replace, VenueRequest& first) {
    const std::uint64_t cause = first.cause;
    const std::uint32_t ordinal = first.ordinal;
    first = replace;
    first.kind = VenueRequestKind::New;
    first.cause = cause;
    first.ordinal = ordinal;
    first.orig_version = replace.version;
}

}  // namespace

EgressQueue::Chain* EgressQueue::chain_of(OrderId order) {
    const auto found = chains_.find(order.value);
    return found == chains_.end() ? nullptr : &found->second;
}

EgressQueue::Entry EgressQueue::find(OrderId order, std::uint32_t version) {
    if (const Chain* chain = chain_of(order)) {
        for (const Entry entry : *chain) {
            if (!is_question(*entry) && entry->version == version) {
                return entry;
            }
        }
    }
    return all_.end();
}

EgressQueue::Entry EgressQueue::unsent_new(OrderId order) {
    const Chain* chain = chain_of(order);
    return chain != nullptr && is_fresh(*chain->front(), VenueRequestKind::New) ? chain->front()
                                                                                : all_.end();
}

void EgressQueue::append(const VenueRequest& request) {
    all_.push_back(request);
    const Entry entry = std::prev(all_.end());
    Chain& chain = chains_[request.order.value];
    chain.push_back(entry);
    if (is_cancel(request)) {
        ++cancels_;
        if (chain.size() == 1) {
            ready_cancels_.push_back(entry);
        }
    }
}

void EgressQueue::erase(Entry entry) {
    const auto found = chains_.find(entry->order.value);
    GW_CHECK(found != chains_.end());
    Chain& chain = found->second;
    const bool was_first = chain.front() == entry;
    if (is_cancel(*entry)) {
        --cancels_;
        if (was_first) {
            const auto ready = std::find(ready_cancels_.begin(), ready_cancels_.end(), entry);
            GW_CHECK(ready != ready_cancels_.end());
            ready_cancels_.erase(ready);
        }
    }
    chain.erase(std::find(chain.begin(), chain.end(), entry));
    if (chain.empty()) {
        chains_.erase(found);
    } else if (was_first && is_cancel(*chain.front())) {
        ready_cancels_.push_back(chain.front());
    }
    all_.erase(entry);
}

// Asked again later, a question is asked once.
void EgressQueue::drop_status(OrderId order) {
    if (const Chain* chain = chain_of(order)) {
        const auto status = std::find_if(chain->begin(), chain->end(),
                                         [](const Entry entry) { return is_question(*entry); });
        if (status != chain->end()) {
            erase(*status);
        }
    }
}

// The core may ask for a request once more while the first is still here.
bool EgressQueue::is_known(const VenueRequest& request) {
    return !is_question(request) && find(request.order, request.version) != all_.end();
}

bool EgressQueue::annihilate(const VenueRequest& cancel, Answers& answers) {
    if (unsent_new(cancel.order) == all_.end()) {
        return false;
    }
    while (const Chain* chain = chain_of(cancel.order)) {
        erase(chain->back());
    }
    answers.push_back(
        answer(cancel, VenueEventKind::Canceled, "canceled before it left the gateway"));
    return true;
}

// The newest ones that did not leave; the cancel then names the last one that the venue may hold.
void EgressQueue::drop_replaces(VenueRequest& cancel, Answers& answers) {
    const std::size_t first = answers.size();
    const Chain* chain = chain_of(cancel.order);
    while (chain != nullptr) {
        const auto last = std::find_if(chain->rbegin(), chain->rend(),
                                       [](const Entry entry) { return !is_question(*entry); });
        if (last == chain->rend() || !is_fresh(**last, VenueRequestKind::Replace)) {
            break;
        }
        const Entry replace = *last;
        cancel.orig_version = replace->orig_version;
        answers.push_back(answer(*replace, VenueEventKind::ReplaceRejected,
                                 "overtaken by a cancel before it left the gateway"));
        answers.back().flags |= venue_event_flag::kTooLate;
        erase(replace);
        chain = chain_of(cancel.order);
    }
    std::reverse(answers.begin() + static_cast<std::ptrdiff_t>(first), answers.end());
}

bool EgressQueue::merge(const VenueRequest& replace, Answers& answers) {
    const Entry first = unsent_new(replace.order);
    if (first == all_.end() || !is_fresh(replace, VenueRequestKind::Replace)) {
        return false;
    }
    put_merged(replace, *first);
    answers.push_back(
        answer(replace, VenueEventKind::Replaced, "replaced before it left the gateway"));
    answers.back().flags |= venue_event_flag::kHasOrderQty;
    answers.back().order_qty = replace.order_qty;
    return true;
}

bool EgressQueue::push(const VenueRequest& request, Answers& answers) {
    return place(request, lane_room_, answers);
}

bool EgressQueue::place(const VenueRequest& request, std::size_t room, Answers& answers) {
    if (is_known(request)) {
        return true;
    }
    if (is_question(request)) {
        drop_status(request.order);
    } else if (is_cancel(request)) {
        if (annihilate(request, answers)) {
            return true;
        }
    } else if (merge(request, answers)) {
        return true;
    }
    if ((is_cancel(request) ? cancels_ : all_.size() - cancels_) >= room) {
        return false;
    }
    VenueRequest kept = request;
    if (is_cancel(request)) {
        drop_replaces(kept, answers);
    }
    append(kept);
    return true;
}

// A cancel that is not ready stands behind another request of its order, so without ready ones the
// first of all is none.
const VenueRequest* EgressQueue::next() const {
    if (!ready_cancels_.empty()) {
        return &*ready_cancels_.front();
    }
    return all_.empty() ? nullptr : &all_.front();
}

void EgressQueue::pop() {
    GW_CHECK(!empty());
    erase(ready_cancels_.empty() ? all_.begin() : ready_cancels_.front());
}

std::vector<VenueRequest> EgressQueue::take_unheld() {
    std::vector<VenueRequest> taken;
    for (auto at = all_.begin(); at != all_.end();) {
        const Entry entry = at++;
        if (!entry->has(command_flag::kMayHold)) {
            taken.push_back(*entry);
            erase(entry);
        }
    }
    return taken;
}

// --- restart ----------------------------------------------------------------------------------

// As it came, without its consequences: the answers say which of them are in the journal. A request
// that may have been sent before, and a question, come again when the core asks again.
void EgressQueue::recall(const VenueRequest& request) {
    if (!is_question(request) && !request.has(command_flag::kPossResend)) {
        append(request);
    }
}

void EgressQueue::recall_answer(const VenueEvent& event) {
    const Entry entry = find(event.order, event.version);
    if (entry == all_.end()) {
        return;
    }
    if (event.kind == VenueEventKind::Canceled) {
        while (const Chain* chain = chain_of(event.order)) {
            erase(chain->back());
        }
        return;
    }
    const VenueRequest answered = *entry;
    erase(entry);
    if (event.kind == VenueEventKind::Replaced) {
        if (const Entry first = unsent_new(event.order); first != all_.end()) {
            put_merged(answered, *first);
        }
    } else if (event.kind == VenueEventKind::ReplaceRejected) {
        if (const Chain* chain = chain_of(event.order)) {
            for (const Entry later : *chain) {
                if (later->orig_version == answered.version && later->version != answered.version) {
                    later->orig_version = answered.orig_version;
                }
            }
        }
    }
}

void EgressQueue::recalled(Answers& answers) {
    const Entries left = std::exchange(all_, {});
    chains_.clear();
    ready_cancels_.clear();
    cancels_ = 0;
    for (const VenueRequest& request : left) {  // also when the venue was given less room since
        GW_CHECK(place(request, left.size() + 1, answers));
    }
}

}  // namespace sluice
