// Copies of reports for the sessions that listen.
#include "gateway/core/outputs.hpp"

#include <algorithm>

namespace sluice {
namespace {

template <class T, class U>
bool names(const std::vector<T>& list, const U& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool DropTarget::wants(const Report& report) const {
    return names(sessions, report.session) && names(accounts, report.account) &&
           names(venues, report.venue);
}

// What happened, once; answers to a client's question are no news.
void Outputs::copy(const Report& report) {
    if (report.kind != ReportKind::Execution || report.exec_type == ExecType::OrderStatus) {
        return;
    }
    for (const DropTarget& target : copies_) {
        if (target.wants(report)) {
            Report twin = report;
            twin.owner = report.session;
            twin.session = target.session;
            twin.flags |= report_flag::kDropCopy;
            twin.ordinal = take();
            sink_.on_report(twin);
        }
    }
}

}  // namespace sluice
