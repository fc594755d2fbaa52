// Text(58) of a risk reject:
//   RISK <code> <scope>:<limit key> limit=<L> observed=<O> cfg=<version>
// for instance "RISK MAX_ORDER_QTY account/ACC1:max_order_qty limit=1000 observed=1001 cfg=17". The
// numbers are left out for sessions that are not shown limits. Allocates nothing.
#pragma once

#include "gateway/orders/name_table.hpp"
#include "gateway/risk/assessment.hpp"

namespace sluice {

Prose reject_text(RejectReason reason,
                  const Breach& breach,
                  const NameTable& names,
                  std::uint64_t config_version,
                  bool show_numbers);

// The name that a scope's limits are kept under; empty for the firm.
std::string_view scope_name(const Scope& scope, const NameTable& names);

// Appends to a text of bounded length; what does not fit is cut off.
class ProseWriter {
public:
    ProseWriter& put(std::string_view text);
    ProseWriter& put(Decimal value);
    ProseWriter& put_number(std::uint64_t value);
    ProseWriter& put_scope(const Scope& scope, const NameTable& names);  // "account/ACC1"
    Prose prose() const;

private:
    std::array<char, Prose::kMax> bytes_{};
    std::size_t size_ = 0;
};

}  // namespace sluice
