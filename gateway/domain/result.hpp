// Result<T, E>: a value, or an error that says where and what was expected. For bad input, where
// the caller acts; a refusal is RejectReason, a broken invariant of ours is GW_CHECK (check.hpp).
#pragma once

#include <utility>
#include <variant>

#include "gateway/domain/check.hpp"

namespace sluice {

template <class T, class E>
class [[nodiscard]] Result {
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
    static Result failure(E error) { return Result(std::in_place_index<1>, std::move(error)); }

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Asking for the side that is not there is a bug of the caller: GW_CHECK.
    const T& value() const& {
        GW_CHECK(ok());
        return *std::get_if<0>(&state_);
    }
    T&& value() && {
        GW_CHECK(ok());
        return std::move(*std::get_if<0>(&state_));
    }
    const E& error() const {
        GW_CHECK(!ok());
        return *std::get_if<1>(&state_);
    }

private:
    template <std::size_t I, class V>
    Result(std::in_place_index_t<I> which, V&& v) : state_(which, std::forward<V>(v)) {}
    std::variant<T, E> state_;
};

// For steps that yield nothing but may fail.
struct Done {};

}  // namespace sluice
