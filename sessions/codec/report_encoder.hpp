// ReportEncoder: a Report becomes ExecutionReport(8), OrderCancelReject(9),
// BusinessMessageReject(j), OrderMassCancelReport(r) or ListStatus(N) in the words of one FIX
// version. One object serves all sessions of a
// version; used by one thread; allocates nothing. What it writes parses and validates with the
// version's dictionary (a resend goes through QuickFIX, which would otherwise fail in its middle).
//
// FIX 4.2 has no Trade: a fill is ExecType(150) 1 or 2; corrections, busts and status answers are
// told by ExecTransType(20); an order without fills is Replaced(5) when its replace is accepted. It
// has no mass requests, no ids of status requests and no CopyMsgIndicator(797): whose order a drop
// copy is about is said by OnBehalfOfCompID(115), in every version.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/domain/names.hpp"
#include "gateway/domain/report.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::codec {

struct TimeDigits {
    int sending = 3;   // of SendingTime(52): 0, 3, 6 or 9
    int transact = 9;  // of TransactTime(60)
};

class ReportEncoder {
public:
    using CustomTags = std::span<const std::uint32_t>;

    ReportEncoder(FixVersion version, const Instance& instance, TimeDigits digits = {});

    // The whole message; the view is good until the next call. `custom_tags`: the user-defined tags
    // of the session, which alone are handed on to it.
    std::string_view encode(const Report& report,
                            const Header& header,
                            CustomTags custom_tags = {});
    // The same report without header and trailer: equal to body_of(encode(...)), whatever the
    // header was. For replay, which compares what is said and not when.
    std::string_view encode_body(const Report& report, CustomTags custom_tags = {});

private:
    void execution(const Report& report, CustomTags custom_tags);
    void execution_answer(const Report& report);
    void execution_state(const Report& report);
    void execution_order(const Report& report);
    void execution_terms(const Report& report);
    void execution_sums(const Report& report);
    void cancel_reject(const Report& report);
    void business_reject(const Report& report);
    void mass_cancel(const Report& report);
    void mass_cancel_42(const Report& report);
    void list_status(const Report& report);

    FixVersion version_;
    Instance instance_;
    TimeDigits digits_;
    MessageWriter writer_;
};

// OrdStatus(39), ExecType(150) and ExecTransType(20) of a report in a version; 20 is 0 (absent) but
// in FIX 4.2.
struct ExecCoding {
    char exec_type = 0;
    char ord_status = 0;
    char exec_trans_type = 0;
};
ExecCoding exec_coding(const Report& report, FixVersion version);

}  // namespace sluice::codec
