using Tracker.Delivery;

namespace Tracker.Specs.Delivery;

public sealed class trying_again
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 40)]
    [InlineData(3, 160)]
    [InlineData(6, 10_240)]
    [InlineData(8, 43_200)]
    [InlineData(11, 43_200)]
    public void waits_four_times_as_long_each_time_and_at_most_half_a_day(int tries, int seconds) =>
        Fate.WaitAfter(tries, 0.5).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void is_spread_over_a_fifth_more_or_less()
    {
        Fate.WaitAfter(1, 0).ShouldBe(TimeSpan.FromSeconds(8));
        Fate.WaitAfter(1, 1).ShouldBe(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void waits_as_long_as_the_recipient_asks_for_and_at_most_a_day()
    {
        Fate.WaitAfter(1, 0.5, TimeSpan.FromMinutes(5)).ShouldBe(TimeSpan.FromMinutes(5));
        Fate.WaitAfter(1, 0.5, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(10));
        Fate.WaitAfter(1, 0.5, TimeSpan.FromDays(300)).ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void ends_after_two_to_three_days()
    {
        Enumerable.Range(1, Fate.MaxTries - 1).Sum(x => Fate.WaitAfter(x, 0.5).TotalDays).ShouldBeInRange(2, 3);

        Fate.Of(Carried.TryAgain("no"), mayRepeat: true, Fate.MaxTries - 1, 0.5).State.ShouldBe(DeliveryState.Waiting);
        Fate.Of(Carried.TryAgain("no"), mayRepeat: true, Fate.MaxTries, 0.5).ShouldBe(new Fate(DeliveryState.Dead, null, "no"));
    }

    [Fact]
    public void is_not_for_what_arrived_or_never_will()
    {
        Fate.Of(Carried.Delivered(204), mayRepeat: true, 1, 0.5).ShouldBe(new Fate(DeliveryState.Delivered, null, null));
        Fate.Of(Carried.GiveUp("gone"), mayRepeat: true, 1, 0.5).ShouldBe(new Fate(DeliveryState.Dead, null, "gone"));
        Fate.Of(Carried.Unwanted("no more"), mayRepeat: true, 1, 0.5).ShouldBe(new Fate(DeliveryState.Unwanted, null, "no more"));
    }

    [Fact]
    public void is_for_what_may_have_arrived_only_where_it_may_be_sent_twice()
    {
        Fate.Of(Carried.Uncertain("It broke off."), mayRepeat: true, 1, 0.5).State.ShouldBe(DeliveryState.Waiting);
        Fate.Of(Carried.Uncertain("It broke off."), mayRepeat: false, 1, 0.5).ShouldBe(new Fate(DeliveryState.Dead, null, "Uncertain whether it arrived. It broke off."));
    }
}
