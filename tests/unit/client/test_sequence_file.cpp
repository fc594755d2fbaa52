#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "sessions/client/sequence_file.hpp"

namespace sluice::client {

TEST_CASE("the numbers of a session survive the client") {
    const auto path =
        std::filesystem::temp_directory_path() / ("sluice-seq-" + std::to_string(::getpid()));
    auto first = SequenceFile::open(path.string());
    REQUIRE(first.ok());
    SequenceFile numbers = first.value();
    CHECK(numbers.next_out() == 1);
    numbers.set_next_out(12);
    numbers.set_next_in(30);
    CHECK(numbers.save().empty());
    const auto second = SequenceFile::open(path.string());
    REQUIRE(second.ok());
    CHECK(second.value().next_out() == 12);
    CHECK(second.value().next_in() == 30);
    std::filesystem::remove(path);
}

TEST_CASE("a sequence file that is not one is refused by name") {
    const auto path =
        std::filesystem::temp_directory_path() / ("sluice-seq-bad-" + std::to_string(::getpid()));
    std::ofstream(path) << "hello";
    const auto opened = SequenceFile::open(path.string());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().find(path.string()) == 0);
    std::filesystem::remove(path);
}

}  // namespace sluice::client
