// Reading and writing messages allocates nothing: counted at operator new of this test program.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/report_encoder.hpp"
#include "sessions/codec/venue_decoder.hpp"
#include "sessions/codec/venue_encoder.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace {
std::atomic<std::size_t> g_allocations{0};  // NOLINT: operator new has no object to count in

// Not inlined, or the compiler sees free() meet operator new and warns.
[[gnu::noinline]] void release(void* memory) {
    std::free(memory);
}
}  // namespace

// The nothrow form too, which Catch uses: each form must come from the allocator that release()
// ends.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    g_allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* const memory = operator new(size, std::nothrow);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}
void operator delete(void* memory) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    release(memory);
}

namespace sluice::test {
namespace {

template <class Work>
std::size_t allocations_of(Work work) {
    const std::size_t before = g_allocations.load();
    work();
    return g_allocations.load() - before;
}

std::vector<std::string> incoming() {
    const std::string many(500, '7');
    std::vector<std::string> all;
    for (const char* fields :
         {"35=D|34=2|11=A1|1=ACC|21=1|55=ACME|54=1|38=92233720368.54775807|40=2|44=-1.25|59=0",
          "35=G|34=2|41=A1|11=A2|38=0.123456789|44=1e5", "35=D|11=A1|11=A2|54=Z|40=P|1138=5",
          "35=D|40=1|44=92233720368.54775807|99=1", "35=F|41=A1|11=A2|38=x", "35=H|11=A2",
          "35=AF|584=M", "35=q|11=Q|530=7|55=ACME", "35=Q|37=G3-17|17=G3-E42|127=D",
          "35=D|59=6|432=20260102|111=5|18=G|453=1|448=C|447=D|452=3",
          "35=8|11=G3-17.0|17=E|37=V|150=F|32=5|31=1|30=X|382=1|375=C|337=T|7001=x|64=20260102",
          "35=8|11=G3-17.0|17=E|37=V|150=F|32=5|31=1.123456789|14=5|58=done",
          "35=8|11=G3-17.0|17=E|37=V|150=F|32=x|31=y", "35=8|11=OTHER|150=Z|58=what",
          "35=9|11=G3-17.2|41=G3-17.1|434=1|102=0", "35=j|372=D|379=G3-17.0|380=4"}) {
        all.push_back(wire(fields));
        all.push_back(wire(std::string(fields) + "|11=" + many + "|38=" + many + "|17=" + many));
    }
    all.push_back(
        "8=FIX.4.4\x01"
        "35=D\x01"
        "broken");
    return all;
}

}  // namespace

TEST_CASE("a vector is seen by the counter of allocations") {
    CHECK(allocations_of([] { std::vector<int>(100).at(99) = 1; }) == 1);
}

TEST_CASE("decoding allocates nothing, whatever is wrong with the message") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    for (const std::string& message : incoming()) {
        INFO(readable(message));
        Command command;
        VenueEvent event;
        CHECK(allocations_of([&] {
                  codec::decode_command(message, version, SessionId{1}, 2, command);
                  (void)codec::decode_venue(message, version, VenueId{1}, kInstance, event);
                  (void)codec::body_of(message);
              }) == 0);
    }
}

TEST_CASE("encoding every shape of report and request allocates nothing") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    codec::ReportEncoder reports(version, kInstance);
    codec::VenueEncoder requests(version, kInstance);
    const auto shapes = every_shape();
    VenueRequest request;
    request.symbol = SymbolName("ACME");
    request.side = Side::Buy;
    request.ord_type = OrdType::Market;
    request.extras = extras_of(every_extras()[2]);
    request.flags =
        command_flag::kHasMaxFloor | command_flag::kHasExpire | command_flag::kPossResend;
    std::size_t written = 0;
    CHECK(allocations_of([&] {
              for (const auto& shape : shapes) {
                  written += reports.encode(shape.report, header()).size();
                  written += reports.encode_body(shape.report).size();
              }
              for (const auto kind :
                   {VenueRequestKind::New, VenueRequestKind::Cancel, VenueRequestKind::Replace,
                    VenueRequestKind::Status, VenueRequestKind::MassStatus}) {
                  request.kind = kind;
                  written += requests.encode(request, header()).size();
              }
          }) == 0);
    CHECK(written > 0);
}

TEST_CASE("a list that fits into the vector allocates nothing") {
    std::vector<Command> commands;
    commands.reserve(codec::kListOrdersMax);
    std::string fields = "35=E|34=2|66=L1|394=3|68=100|73=100";
    for (int i = 0; i < 100; ++i) {
        fields += "|11=A" + std::to_string(i) + "|67=1|55=ACME|54=1|38=1|40=1|18=G";
    }
    const std::string message = wire(fields);
    CHECK(allocations_of([&] {
              codec::decode_list(message, FixVersion::Fix44, SessionId{1}, 2, commands);
          }) == 0);
    CHECK(commands.size() == 100);
}

}  // namespace sluice::test
