using Tracker.Recording;

namespace Tracker.Specs.Recording;

public sealed class keeping_what_was_used_last
{
    private readonly RecentlyUsed<string, int> _kept = new(most: 10);

    private string Kept => string.Concat(new[] { "a", "b", "c", "d" }.Where(x => _kept.TryGet(x, out _)));

    [Fact]
    public void makes_room_for_what_comes_by_what_was_not_used_for_longest()
    {
        _kept.Set("a", 1, 4);
        _kept.Set("b", 2, 4);
        _kept.TryGet("a", out var value).ShouldBeTrue();
        value.ShouldBe(1);
        _kept.Set("c", 3, 4);
        (Kept, _kept.Bytes).ShouldBe(("ac", 8L));
        _kept.Set("d", 4, 10);
        (Kept, _kept.Bytes).ShouldBe(("d", 10L));
    }

    [Fact]
    public void grows_with_a_value_that_is_larger_than_the_one_before()
    {
        _kept.Set("a", 1, 4);
        _kept.Set("b", 2, 4);
        _kept.Set("b", 3, 7);
        (Kept, _kept.Bytes).ShouldBe(("b", 7L));
        _kept.TryGet("b", out var value).ShouldBeTrue();
        value.ShouldBe(3);
    }

    [Fact]
    public void keeps_nothing_that_is_larger_than_all_may_be_and_not_what_it_takes_the_place_of()
    {
        _kept.Set("a", 1, 4);
        _kept.Set("b", 2, 4);
        _kept.Set("b", 3, 11);
        (Kept, _kept.Bytes).ShouldBe(("a", 4L));
    }
}
