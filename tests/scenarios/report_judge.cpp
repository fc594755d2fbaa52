#include "tests/scenarios/report_judge.hpp"

#include <string_view>

namespace sluice::test {
namespace {

bool is_one_of(OrdStatus status, std::string_view list) {
    return list.find(static_cast<char>(status)) != std::string_view::npos;
}

// Both in 10^-16; half a unit of 10^-8 is what rounding may take.
bool is_average(Price avg, Wide value, Quantity cum) {
    if (cum.is_zero()) {
        return avg.is_zero();
    }
    const Wide off = Wide{avg.units()} * cum.units() - value;
    return (off < 0 ? -off : off) * 2 <= Wide{cum.units()};
}

}  // namespace

void ReportJudge::breach(const Report& report, const std::string& rule) {
    if (!verdict_.empty()) {
        return;
    }
    verdict_ = rule + ": order " + std::to_string(counter_of(report.order.value)) +
               " 11=" + std::string(report.cl_ord_id.view()) +
               " 41=" + std::string(report.orig_cl_ord_id.view()) +
               " 150=" + static_cast<char>(report.exec_type) +
               " 39=" + static_cast<char>(report.ord_status) +
               " 38=" + report.order_qty.to_string() + " 14=" + report.cum_qty.to_string() +
               " 151=" + report.leaves_qty.to_string() + " 32=" + report.last_qty.to_string() +
               " 6=" + report.avg_px.to_string();
}

void ReportJudge::hear(const Report& report) {
    if (report.has(report_flag::kDropCopy)) {
        return;  // what it copies was heard
    }
    if (report.kind == ReportKind::Execution) {
        if (report.exec.value <= newest_exec_) {
            breach(report, "ExecID(17) is not new");
        }
        newest_exec_ = report.exec.value;
        if (report.order.value != 0 && !report.has(report_flag::kUnknownOrder)) {
            hear_execution(report);
        }
    } else if (report.kind == ReportKind::CancelReject && report.order.value != 0) {
        const auto story = stories_.find(report.order.value);
        if (story != stories_.end() && story->second.told &&
            report.orig_cl_ord_id != story->second.cl_ord_id) {
            breach(report, "OrigClOrdID(41) of a refusal is not the last accepted ClOrdID(11) " +
                               std::string(story->second.cl_ord_id.view()));
        }
    }
}

void ReportJudge::hear_execution(const Report& report) {
    Story& story = stories_[report.order.value];
    if (report.exec_type == ExecType::OrderStatus ||
        report.reason == RejectReason::DuplicateClOrdId) {
        judge_quantities(report, story);  // states what is, changes nothing
        return;
    }
    judge_wording(report, story);
    judge_trade(report, story);
    if (!story.told || report.exec_type == ExecType::Replaced ||
        report.exec_type == ExecType::Restated) {
        story.order_qty = report.order_qty;
        story.price = report.price;
    }
    if (report.exec_type == ExecType::Replaced) {
        story.cl_ord_id = report.cl_ord_id;
    } else if (!story.told) {  // the first word may already answer a cancel
        story.cl_ord_id = report.orig_cl_ord_id.empty() ? report.cl_ord_id : report.orig_cl_ord_id;
    }
    story.told = true;
    story.cum_qty = report.cum_qty;
    story.over = is_one_of(report.ord_status, "48C") ||
                 (report.ord_status == OrdStatus::DoneForDay && report.leaves_qty.is_zero());
    judge_quantities(report, story);
}

// CumQty(14) grows by fills alone and shrinks by busts and corrections alone.
void ReportJudge::judge_trade(const Report& report, Story& story) {
    switch (report.exec_type) {
        case ExecType::Trade:
            if (report.cum_qty != story.cum_qty + report.last_qty) {
                breach(report, "CumQty(14) is not the old one and LastQty(32)");
            }
            story.fills[report.exec.value] = {report.last_qty, report.last_px};
            story.value += Wide{report.last_qty.units()} * report.last_px.units();
            return;
        case ExecType::TradeCancel:
        case ExecType::TradeCorrect: {
            const auto old = story.fills.find(report.ref_exec.value);
            if (old == story.fills.end()) {
                return breach(report, "ExecRefID(19) names no execution that stands");
            }
            story.busted = true;
            story.value -= Wide{old->second.first.units()} * old->second.second.units();
            story.fills.erase(old);
            if (report.exec_type == ExecType::TradeCorrect) {
                story.fills[report.exec.value] = {report.last_qty, report.last_px};
                story.value += Wide{report.last_qty.units()} * report.last_px.units();
            }
            return;
        }
        default:
            // A corporate action (a stock split) restates what was filled.
            if (report.cum_qty != story.cum_qty &&
                !(report.exec_type == ExecType::Restated && report.restatement_reason == 0)) {
                breach(report, "CumQty(14) changed without an execution");
            }
            if (story.over && report.exec_type != ExecType::Restated) {
                breach(report, "an order that is over came back to life");
            }
    }
}

// A request that was not accepted changes nothing; a fill speaks of the live wording.
void ReportJudge::judge_wording(const Report& report, const Story& story) {
    if (!story.told) {
        return;
    }
    if (report.exec_type != ExecType::Replaced && report.exec_type != ExecType::Restated) {
        if (report.order_qty != story.order_qty || report.price != story.price) {
            breach(report, "OrderQty(38) or Price(44) changed without a replace");
        }
    }
    const bool answers_request = !report.orig_cl_ord_id.empty();
    if (answers_request && report.orig_cl_ord_id != story.cl_ord_id) {
        breach(report, "OrigClOrdID(41) is not the last accepted ClOrdID(11)");
    }
    if (!answers_request && report.cl_ord_id != story.cl_ord_id) {
        breach(report, "ClOrdID(11) is not that of the live order");
    }
}

void ReportJudge::judge_quantities(const Report& report, const Story& story) {
    const Quantity working =
        report.order_qty > report.cum_qty ? report.order_qty - report.cum_qty : Quantity{};
    const bool over =
        is_one_of(report.ord_status, "48C") ||
        (report.ord_status == OrdStatus::DoneForDay && report.time_in_force == TimeInForce::Day);
    if (over && !report.leaves_qty.is_zero()) {
        breach(report, "LeavesQty(151) of an order that is over");
    }
    if (report.ord_status == OrdStatus::Filled && !report.leaves_qty.is_zero()) {
        breach(report, "LeavesQty(151) of a filled order");
    }
    if (is_one_of(report.ord_status, "0167A9E")) {
        const bool right =
            story.busted ? report.leaves_qty <= working : report.leaves_qty == working;
        if (!right) {
            breach(report, "LeavesQty(151) is not OrderQty(38) - CumQty(14)");
        }
    }
    if (!is_average(report.avg_px, story.value, report.cum_qty)) {
        breach(report, "AvgPx(6) is not the average of the fills that stand");
    }
}

}  // namespace sluice::test
