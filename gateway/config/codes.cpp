#include <array>

#include "gateway/config/diagnostic.hpp"

namespace sluice::config {
namespace {

constexpr std::array kCodes = {
    CodeText{
        code::kSyntax, "the document is not YAML",
        "The text could not be read as YAML, so nothing behind this place was looked at. Common\n"
        "causes: a tab in the indentation, a missing blank after ':', an opened quote or bracket\n"
        "that is not closed. A file holds one document."},
    CodeText{
        code::kUnreadable, "the configuration file cannot be read",
        "The file does not exist, is a directory, is larger than 16 MiB, or its permissions keep\n"
        "this user from reading it."},
    CodeText{
        code::kUnknownKey, "unknown key",
        "This place of the document has no such key. Unknown keys are errors, because a limit "
        "with\n"
        "a typing error in its name would be no limit. See docs/configuration.md for all keys, or\n"
        "type: sluice config options"},
    CodeText{code::kDuplicateKey, "the same key twice",
             "A key stands twice in one block. Which one was meant cannot be known; remove one."},
    CodeText{
        code::kShape, "wrong shape",
        "A block (key: value), a list (- item) or a single value was expected and another of the\n"
        "three was found, or the key has no value at all."},
    CodeText{code::kType, "the value is of the wrong type",
             "Durations and sizes name their unit (30s, 500ms, 20us; 64KiB, 16MiB). Decimals are "
             "digits\n"
             "with at most eight places, no exponent, no separators. Switches are true or false."},
    CodeText{code::kRange, "the value is out of range",
             "The value was understood and lies outside of what this key takes."},
    CodeText{code::kWord, "not one of the words that this key takes",
             "The key takes one of a few words, spelled exactly; they are listed in the message."},
    CodeText{code::kRequired, "a required key is missing",
             "The key has no default that would be right for everyone, so it has to be written."},
    CodeText{
        code::kDuplicateName, "the same name twice",
        "Names identify sessions, accounts, groups, venues, listeners and instruments; journal,\n"
        "limits and reports refer to them. Two sessions may not share BeginString(8),\n"
        "SenderCompID(49) and TargetCompID(56) either, and two listeners not address and port."},
    CodeText{code::kDangling, "the name refers to nothing",
             "A session names its accounts, an account its group, a route its venues, and so on. "
             "What is\n"
             "named has to be defined in the same document."},
    CodeText{code::kGroupCycle, "groups that contain each other",
             "Following the parents of a group has to end at the firm. Remove one 'parent' of the "
             "ring."},
    CodeText{
        code::kHardLimit, "a hard limit is missing",
        "Some limits have no default and are never unlimited by silence: max_order_qty,\n"
        "max_order_notional, max_gross_notional, max_long and max_short for each account (at the\n"
        "account, at one of its groups or at the firm), a collar for each instrument, a throttle\n"
        "rate for each session. Write a number, or the word unlimited if that is what you want;\n"
        "the journal then shows that somebody wanted it."},
    CodeText{
        code::kNegativeFloor, "an instrument with negative prices has no floor for its notional",
        "At a price near zero the notional of any quantity is near zero, so a notional limit "
        "would\n"
        "limit nothing. notional_px_floor is the price that is used instead; it is above zero."},
    CodeText{code::kPassword, "the password is not a salted hash",
             "A configuration file holds no passwords in plain text. Type: sluice hash-password\n"
             "and copy what it prints, it begins with $scrypt$."},
    CodeText{code::kWrongVariant, "the key does not belong to this type",
             "Some keys are only for venues of type fix, some only for type sim, some only for "
             "sessions\n"
             "of FIXT.1.1."},
    CodeText{
        code::kFile, "a file that the configuration names cannot be used",
        "Certificates, keys, password files and dictionaries are opened when the configuration is\n"
        "checked, so that a start does not fail half way. Relative paths start at the directory "
        "of\n"
        "the configuration file."},
    CodeText{
        code::kName, "not a legal name",
        "Names of sessions, accounts, groups, venues and listeners are 1 to 24 letters, digits "
        "and\n"
        "_ . : - characters. The instance is 1 to 4 letters, a currency is 3 capital letters, a\n"
        "symbol 1 to 24 printable characters without blanks."},
    CodeText{code::kContradiction, "two values contradict each other",
             "Each value is legal, both together are not; the message names the two."},
    CodeText{
        code::kChildAboveParent, "a limit is above that of its parent",
        "Every level is checked, so the larger limit below never matters. Either it is a typing\n"
        "error, or the limit above was meant to be larger."},
    CodeText{
        code::kPlainListener, "a listener without TLS is reachable from other machines",
        "FIX sends account numbers and passwords as they are. Give the listener a tls block, bind\n"
        "it to 127.0.0.1 or ::1, or leave it if the network between is yours."},
    CodeText{
        code::kOpenSession, "a session that anybody could use",
        "The session has no password, no certificate and no address list. It may log on from this\n"
        "machine only (127.0.0.0/8 and ::1) until it gets one of them."},
    CodeText{code::kPlainPassword, "a password may cross the network in plain text",
             "The session has a password, and one of its listeners takes connections from other "
             "machines\n"
             "without TLS."},
    CodeText{code::kNoFxRate, "no exchange rate between an instrument and an account",
             "Limits of money are in the account's currency. Without a rate from the instrument's\n"
             "currency each such order is refused. Add a row to fx."},
    CodeText{code::kNoDoor, "no way in",
             "There are sessions but no listener, or an enabled session may use none of them. "
             "Nobody can\n"
             "log on."},
};

}  // namespace

std::span<const CodeText> codes() {
    return kCodes;
}

}  // namespace sluice::config
