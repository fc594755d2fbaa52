// Gives out OrderID(37) and ExecID(17) numbers: epoch of the process start, then a counter. Nothing
// is ever given twice, also across restarts. Owner: the core thread.
#pragma once

#include "gateway/domain/check.hpp"
#include "gateway/domain/ids.hpp"

namespace sluice {

class IdSource {
public:
    // Epochs only grow; GW_CHECK otherwise.
    void start_epoch(std::uint64_t epoch) {
        GW_CHECK(epoch > epoch_ && epoch <= (~std::uint64_t{0} >> kEpochShift));
        epoch_ = epoch;
        orders_ = 0;
        execs_ = 0;
    }
    OrderId next_order() { return {take(orders_)}; }
    ExecId next_exec() { return {take(execs_)}; }

    std::uint64_t epoch() const { return epoch_; }
    std::uint64_t orders() const { return orders_; }  // given in this epoch
    std::uint64_t execs() const { return execs_; }

private:
    std::uint64_t take(std::uint64_t& counter) {
        GW_CHECK(counter < kCounterMask);
        return epoch_ << kEpochShift | ++counter;
    }
    std::uint64_t epoch_ = 0;
    std::uint64_t orders_ = 0;
    std::uint64_t execs_ = 0;
};

}  // namespace sluice
