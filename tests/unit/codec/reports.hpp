// Reports of every shape that the core makes, for the encoder's tests.
#pragma once

#include <string>
#include <vector>

#include "gateway/domain/extras.hpp"
#include "gateway/domain/names.hpp"
#include "gateway/domain/report.hpp"
#include "sessions/codec/message_writer.hpp"

namespace sluice::test {

struct NamedReport {
    std::string name;
    Report report;
};

Report working_order();  // 100 ACME @ 101.25, New
Report fill();           // 40 of it
Report refused_new(RejectReason reason);
Report refused_cancel(RejectReason reason);
Report refused_message(RejectReason reason);
std::vector<NamedReport> every_shape();
// What each version's clients hand on, and what venues say beside.
std::vector<std::string> every_extras();
Extras extras_of(const std::string& fields);  // "18=1|47=A"

inline const Instance kInstance{"G"};
codec::Header header(std::uint32_t number = 7);  // GATE to CLIENT, 2026-01-02 03:04:05.678901234

}  // namespace sluice::test
