#include "gateway/domain/scan.hpp"

#include <random>
#include <string>

#include <catch2/catch.hpp>

using namespace sluice;

TEST_CASE("many characters at once are read as one by one") {
    std::mt19937 random(7);
    std::string text(80, ' ');
    for (int round = 0; round < 20'000; ++round) {
        for (char& c : text) {
            c = random() % 20 == 0 ? '\x01' : static_cast<char>(random());
        }
        const char* const from = text.data() + random() % 40;
        const char* const end = from + random() % 40;
        CHECK(scan::find_soh(from, end) == scan::portable::find_soh(from, end));
        const std::string_view part(from, static_cast<std::size_t>(end - from));
        CHECK(scan::sum_of(part) == scan::portable::sum_of(part));
        std::string time = "20260102-10:00:00";
        if (random() % 3 != 0) {
            time[random() % time.size()] = static_cast<char>(random());
        }
        CHECK(scan::has_time_form(time.data()) == scan::portable::has_time_form(time.data()));
    }
}
