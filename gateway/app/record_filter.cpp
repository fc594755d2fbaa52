#include "gateway/app/record_filter.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::app {
namespace {

constexpr std::array kEventWords{"received", "risk",  "routed",   "venue",  "limit",
                                 "kill",     "price", "day roll", "config", "process",
                                 "session",  "alert", "numbers",  "fix in", "fix out"};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool same(const std::string& wanted, std::string_view value) {
    return wanted.empty() || wanted == value;
}

bool is_fix(const RecordRow& row) {
    return row.type == journal::RecordType::FixIn || row.type == journal::RecordType::FixOut;
}

// What only keeps a session alive.
bool is_heartbeat(const RecordRow& row) {
    if (is_fix(row)) {
        const auto type = client::field(row.raw, 35);
        return type == "0" || type == "1";
    }
    return row.type == journal::RecordType::SessionSeq || row.type == journal::RecordType::Tick ||
           row.type == journal::RecordType::Clock || row.type == journal::RecordType::SegmentSeal;
}

bool is_type(const std::string& word, const RecordRow& row) {
    const std::string wanted = lower(word);
    return wanted == lower(journal::name(row.type)) || wanted == row.event;
}

std::uint64_t parse_seq(std::string_view text, const std::string& whole) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw CliFailure{
            kUsage, fmt::format("--seq '{}' is not a range such as 12..30, 12.., ..30", whole), {}};
    }
    return value;
}

}  // namespace

bool RecordFilter::in_range(const RecordRow& row) const {
    return row.seq >= seq_from && row.seq <= seq_to && (!from_ns || row.time_ns >= *from_ns) &&
           (!to_ns || row.time_ns < *to_ns);
}

bool RecordFilter::of_wanted_kind(const RecordRow& row) const {
    if (types.empty()) {
        return heartbeats || !is_heartbeat(row);
    }
    return std::any_of(types.begin(), types.end(),
                       [&row](const std::string& word) { return is_type(word, row); }) &&
           (heartbeats || !is_fix(row) || !is_heartbeat(row));
}

bool RecordFilter::matches(const RecordRow& row) const {
    return in_range(row) && of_wanted_kind(row) &&
           (cl_ord_id.empty() || row.cl_ord_id == cl_ord_id || row.orig_cl_ord_id == cl_ord_id) &&
           same(order, row.order) && same(account, row.account) && same(session, row.session) &&
           same(symbol, row.symbol) && same(venue, row.venue) &&
           (reason.empty() || lower(reason) == lower(row.reason));
}

std::pair<std::uint64_t, std::uint64_t> parse_seq_range(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) {
        const std::uint64_t only = parse_seq(text, text);
        return {only, only};
    }
    const std::string_view first = std::string_view(text).substr(0, dots);
    const std::string_view last = std::string_view(text).substr(dots + 2);
    const std::pair range{first.empty() ? 0 : parse_seq(first, text),
                          last.empty() ? ~std::uint64_t{0} : parse_seq(last, text)};
    if (range.first > range.second) {
        throw CliFailure{kUsage, fmt::format("--seq '{}' ends before it begins", text), {}};
    }
    return range;
}

std::int64_t parse_time_option(const std::string& option,
                               const std::string& text,
                               std::int64_t now_ns) {
    const auto time = parse_time(text, now_ns);
    if (!time) {
        throw CliFailure{kUsage,
                         fmt::format("{} '{}' is not a UTC time: expected 14:30, 14:30:05.123, "
                                     "2026-11-24 or 2026-11-24T14:30",
                                     option, text),
                         {}};
    }
    return *time;
}

void check_types(const std::vector<std::string>& types) {
    std::vector<std::string> known(kEventWords.begin(), kEventWords.end());
    for (std::uint16_t number = 1; number < 64; ++number) {
        const auto name = journal::name(static_cast<journal::RecordType>(number));
        if (name != "UNKNOWN") {
            known.push_back(lower(name));
        }
    }
    for (const std::string& type : types) {
        if (std::find(known.begin(), known.end(), lower(type)) == known.end()) {
            throw CliFailure{
                kUsage,
                fmt::format("no record type '{}'.{}", type, did_you_mean(lower(type), known)),
                "sluice audit search --help"};
        }
    }
}

bool OrderTrace::starts_here(const RecordRow& row) const {
    if (start_.order.empty()) {
        return !start_.cl_ord_id.empty() && start_.matches(row);
    }
    RecordFilter others = start_;
    others.order.clear();
    return others.matches(row) && (row.order == start_.order || row.cl_ord_id == start_.order);
}

bool OrderTrace::learn(const RecordRow& row) {
    if (!contains(row) && !starts_here(row)) {
        return false;
    }
    bool news = false;
    if (row.venue != row.session) {  // not a message at the venue, whose session is another
        for (const std::string& id : {row.cl_ord_id, row.orig_cl_ord_id}) {
            news = (!id.empty() && ids_.emplace(row.session, id).second) || news;
        }
    }
    return (!row.order.empty() && orders_.insert(row.order).second) || news;
}

bool OrderTrace::contains(const RecordRow& row) const {
    return (!row.order.empty() && orders_.contains(row.order)) ||
           (!row.cl_ord_id.empty() && ids_.contains({row.session, row.cl_ord_id})) ||
           (!row.orig_cl_ord_id.empty() && ids_.contains({row.session, row.orig_cl_ord_id}));
}

}  // namespace sluice::app
