// Diagnostics of a configuration document: what is wrong, where, and the stable code that
// `sluice explain CODE` knows more about. All mistakes of a document are collected in one run.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

// A stretch of one line, counted from 1; line 0: the document as a whole.
struct Place {
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t width = 1;
};

enum class Severity : unsigned char { Error, Warning };

struct Diagnostic {
    Severity severity = Severity::Error;
    std::string_view code;  // "C003"; one of code::k...
    Place place;
    std::string message;
    std::string hint;  // beside the carets: "did you mean 'heartbeat'?"; may be empty
};

namespace code {
inline constexpr std::string_view kSyntax = "C001";
inline constexpr std::string_view kUnreadable = "C002";
inline constexpr std::string_view kUnknownKey = "C003";
inline constexpr std::string_view kDuplicateKey = "C004";
inline constexpr std::string_view kShape = "C005";
inline constexpr std::string_view kType = "C006";
inline constexpr std::string_view kRange = "C007";
inline constexpr std::string_view kWord = "C008";
inline constexpr std::string_view kRequired = "C009";
inline constexpr std::string_view kDuplicateName = "C010";
inline constexpr std::string_view kDangling = "C011";
inline constexpr std::string_view kGroupCycle = "C012";
inline constexpr std::string_view kHardLimit = "C013";
inline constexpr std::string_view kNegativeFloor = "C014";
inline constexpr std::string_view kPassword = "C015";
inline constexpr std::string_view kWrongVariant = "C016";
inline constexpr std::string_view kFile = "C017";
inline constexpr std::string_view kName = "C018";
inline constexpr std::string_view kContradiction = "C019";
inline constexpr std::string_view kChildAboveParent = "C101";
inline constexpr std::string_view kPlainListener = "C102";
inline constexpr std::string_view kOpenSession = "C103";
inline constexpr std::string_view kPlainPassword = "C104";
inline constexpr std::string_view kNoFxRate = "C105";
inline constexpr std::string_view kNoDoor = "C106";
}  // namespace code

struct CodeText {
    std::string_view code;
    std::string_view title;
    std::string_view explanation;
};
// Every code, in order.
std::span<const CodeText> codes();
// What `sluice explain` prints; empty for a code that is none of ours.
std::string explain(std::string_view code);

// The diagnostics as a person reads them, each with the line it is about:
//   sluice.yaml:14:5: error[C003]: unknown key 'heartbeat_intervall' in sessions[0] (CLIENT1)
//      14 |     heartbeat_intervall: 30s
//         |     ^^^^^^^^^^^^^^^^^^^ did you mean 'heartbeat_interval'?
// and a last line that counts them.
std::string render(std::span<const Diagnostic> diagnostics,
                   std::string_view file,
                   std::string_view text);

std::size_t count(std::span<const Diagnostic> diagnostics, Severity severity);

}  // namespace sluice::config
