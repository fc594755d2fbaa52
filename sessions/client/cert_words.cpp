#include "sessions/client/cert_words.hpp"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/reject_reason.hpp"
#include "sessions/client/fix_text.hpp"
#include "sessions/codec/reject_codes.hpp"

namespace sluice::client {
namespace {

std::optional<RejectReason> reason_named(std::string_view name) {
    for (int i = 0; i < static_cast<int>(RejectReason::Count_); ++i) {
        if (code(static_cast<RejectReason>(i)) == name) {
            return static_cast<RejectReason>(i);
        }
    }
    return std::nullopt;
}

// The reason behind a FIX 4.4 code that a scenario lists without `why`.
std::optional<RejectReason> reason_coded(std::string_view tag, const std::string& value) {
    if (tag == "103") {
        return value == "6"   ? std::optional(RejectReason::DuplicateClOrdId)
               : value == "1" ? std::optional(RejectReason::UnknownSymbol)
                              : std::nullopt;
    }
    return value == "0"   ? std::optional(RejectReason::TooLate)
           : value == "1" ? std::optional(RejectReason::UnknownOrder)
           : value == "2" ? std::optional(RejectReason::VenueRejected)
           : value == "3" ? std::optional(RejectReason::PendingReplace)
           : value == "6" ? std::optional(RejectReason::DuplicateClOrdId)
                          : std::nullopt;
}

void expect_code(Words& expected, const std::string& tag, FixVersion version) {
    const auto why = reason_named(expected.get("why"));
    const auto reason = why ? why : reason_coded(tag, expected.get(tag));
    if (!reason) {
        return;  // a code of the venue: as it stands
    }
    const int value = tag == "103"   ? codec::ord_rej_reason(*reason, version)
                      : tag == "102" ? codec::cxl_rej_reason(*reason, version)
                                     : codec::business_reject_reason(*reason, version);
    expected.set(tag, std::to_string(value));
}

bool less(std::string_view a, std::string_view b) {
    const auto left = Decimal::parse(a);
    const auto right = Decimal::parse(b);
    return left.ok() && right.ok() && left.value() < right.value();
}

std::optional<std::string> plain(std::string_view raw, const std::string& tag) {
    const int number = std::atoi(tag.c_str());
    const std::string mark = fmt::format("\x01{}=", number);
    if (raw.find(mark) == std::string_view::npos) {
        return std::nullopt;
    }
    return std::string(field(raw, number));
}

// ExecType(150) of FIX 4.2 in later words; as it stands when it does not fit what is beside it.
std::string exec_type_of_42(std::string_view raw) {
    const std::string type(field(raw, 150));
    const std::string trans(field(raw, 20));
    const bool partial = less(field(raw, 14), field(raw, 38));
    const bool fill = type == (partial ? "1" : "2");
    if (trans == "0") {
        return fill ? "F" : type == "F" ? "F of a later version" : type;
    }
    if (trans == "1" || trans == "2") {
        return fill ? (trans == "1" ? "H" : "G")
                    : fmt::format("{} with ExecTransType(20)={}", type, trans);
    }
    return trans == "3" && type == field(raw, 39)
               ? "I"
               : fmt::format("{} with ExecTransType(20)={}", type, trans);
}

// FIX 4.2 reports an accepted replace of an order without fills as Replaced, which outranks New.
std::string ord_status_of_42(std::string_view raw) {
    const std::string status(field(raw, 39));
    if (field(raw, 35) != "8" || field(raw, 150) != "5") {
        return status;
    }
    return status == "5" ? "0" : status == "0" ? "0 in place of Replaced" : status;
}

}  // namespace

bool has_field(FixVersion version, std::string_view tag) {
    const int number = std::atoi(std::string(tag).c_str());
    const int last = version == FixVersion::Fix42 ? 446 : version == FixVersion::Fix44 ? 956 : 1621;
    return number <= last || number >= 5000;
}

Words in_version(const Words& line, FixVersion version) {
    Words words;
    for (const auto& [tag, value] : line.fields()) {
        // FIX 4.2 cannot say what becomes of an order when trading halts.
        const bool later = version == FixVersion::Fix42 && tag == "18" &&
                           value.find_first_of("JKQ") != std::string::npos;
        if (tag == "378") {
            const int reason = std::atoi(value.c_str());
            words.set(tag, std::to_string(codec::restatement_reason(reason, version)));
            continue;
        }
        if (!later && (tag == "why" || has_field(version, tag))) {
            // MaxFloor(111) became DisplayQty(1138).
            words.set(version == FixVersion::Fix50Sp2 && tag == "111" ? "1138" : tag, value);
        }
    }
    return words;
}

std::string utc_now() {
    return utc_timestamp(std::chrono::system_clock::now().time_since_epoch().count());
}

std::string request_body(const Words& listed, FixVersion version) {
    const Words line = in_version(listed, version);
    Words body;
    if (line.has("97")) {
        body.set("97", line.get("97"));  // of the header, which ends where the body begins
    }
    for (const auto& [tag, value] : line.fields()) {
        if (tag != "35") {
            body.set(tag, value);
        }
    }
    const std::string type = line.get("35");
    const bool order = type == "D" || type == "G";
    if (order || type == "F" || type == "q") {
        body.set("60", utc_now());
    }
    if (order && version == FixVersion::Fix42) {
        body.set("21", "1");
    }
    return body.text();
}

std::string list_body(const std::vector<Words>& lines, FixVersion version) {
    const Words& first = lines.front();
    std::string body =
        fmt::format("66={}|394=3|68={}|73={}", first.get("66"), lines.size(), lines.size());
    for (const Words& line : lines) {
        body += fmt::format("|11={}|67={}", line.get("11"), line.get("67"));
        if (version == FixVersion::Fix42) {
            body += "|21=1";
        }
        body += fmt::format("|55={}|54={}|60={}|38={}|40={}|44={}", line.get("55"), line.get("54"),
                            utc_now(), line.get("38"), line.get("40"), line.get("44"));
    }
    return body;
}

Words expected_report(const Words& line, FixVersion version) {
    Words expected = in_version(line, version);
    const std::string type = line.get("35");
    if (type == "9") {
        expect_code(expected, "102", version);
    } else if (type == "j") {
        expect_code(expected, "380", version);
    } else if (type == "8" && (line.has("why") || line.has("103"))) {
        expect_code(expected, "103", version);
    }
    if (line.get("why") == "VENUE_REJECTED") {
        expected.drop("why");  // the text is the venue's
    }
    return expected;
}

Said as_said(std::string_view raw, FixVersion version) {
    return [raw, version](const std::string& tag) -> std::optional<std::string> {
        if (tag == "why") {  // the code that our Text(58) begins with
            std::string_view text = field(raw, 58);
            constexpr std::string_view kRisk = "RISK ";
            text.remove_prefix(text.starts_with(kRisk) ? kRisk.size() : 0);
            return std::string(text.substr(0, text.find_first_of(": ")));
        }
        if (version == FixVersion::Fix42 && tag == "150" && field(raw, 35) == "8") {
            return exec_type_of_42(raw);
        }
        if (version == FixVersion::Fix42 && tag == "39") {
            return ord_status_of_42(raw);
        }
        return plain(raw, tag);
    };
}

std::string exec_codes(char exec_type, char ord_status, bool all_filled, FixVersion version) {
    if (version != FixVersion::Fix42) {
        return fmt::format("150={}|39={}", exec_type, ord_status);
    }
    const char fill = all_filled ? '2' : '1';
    switch (exec_type) {
        case 'F':
            return fmt::format("20=0|150={}|39={}", fill, ord_status);
        case 'G':
            return fmt::format("20=2|150={}|39={}", fill, ord_status);
        case 'H':
            return fmt::format("20=1|150={}|39={}", fill, ord_status);
        case 'I':
            return fmt::format("20=3|150={}|39={}", ord_status, ord_status);
        case '5':
            return fmt::format("20=0|150=5|39={}", ord_status == '0' ? '5' : ord_status);
        default:
            return fmt::format("20=0|150={}|39={}", exec_type, ord_status);
    }
}

}  // namespace sluice::client
