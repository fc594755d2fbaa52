// ReportJudge: hears every report that clients are told, in order, and says which rule of the order
// state tables one of them broke. Knows nothing of the core but its reports.
#pragma once

#include <map>
#include <string>

#include "gateway/domain/report.hpp"

namespace sluice::test {

class ReportJudge {
public:
    void hear(const Report& report);
    // The first breach: the rule, and the report in words. Empty while all is well.
    const std::string& verdict() const { return verdict_; }

private:
    // One order as its reports tell it.
    struct Story {
        ClOrdId cl_ord_id;  // of the live version
        Quantity order_qty;
        Price price;
        Quantity cum_qty;
        Wide value = 0;  // sum of LastQty * LastPx over the fills that stand
        std::map<std::uint64_t, std::pair<Quantity, Price>> fills;  // by ExecID(17)
        bool over = false;
        bool busted = false;
        bool told = false;
    };

    void hear_execution(const Report& report);
    void judge_trade(const Report& report, Story& story);
    void judge_wording(const Report& report, const Story& story);
    void judge_quantities(const Report& report, const Story& story);
    void breach(const Report& report, const std::string& rule);

    std::map<std::uint64_t, Story> stories_;  // by OrderID(37)
    std::uint64_t newest_exec_ = 0;
    std::string verdict_;
};

}  // namespace sluice::test
