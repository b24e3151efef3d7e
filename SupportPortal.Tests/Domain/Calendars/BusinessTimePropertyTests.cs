using CsCheck;
using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>What must hold of business time in any calendar, across clock changes of a dozen zones.</summary>
public sealed class BusinessTimePropertyTests
{
    private const int Samples = 1000;

    [Fact]
    public void Between_is_what_walking_the_days_finds() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(45)).Sample((any, length) =>
            Assert.Equal(
                new NaiveCalendar(any.Spec).Between(any.Moment, any.Moment + length),
                SomeCalendar.Of(any.Spec).Between(any.Moment, any.Moment + length)), iter: Samples);

    [Fact]
    public void Over_years_between_is_what_walking_the_days_finds() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(4000)).Sample((any, length) =>
            Assert.Equal(
                new NaiveCalendar(any.Spec).Between(any.Moment, any.Moment + length),
                SomeCalendar.Of(any.Spec).Between(any.Moment, any.Moment + length)), iter: 20);

    [Fact]
    public void Add_is_what_walking_the_days_finds() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(4)).Sample((any, openTime) =>
        {
            if (openTime > Duration.Zero && new NaiveCalendar(any.Spec).Add(any.Moment, openTime, Duration.FromDays(60)) is { } due)
                Assert.Equal(due, SomeCalendar.Of(any.Spec).Add(any.Moment, openTime));
        }, iter: Samples);

    [Fact]
    public void Add_is_the_earliest_instant_at_which_the_time_is_used_up() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(40)).Sample((any, openTime) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            var due = calendar.Add(any.Moment, openTime);
            Assert.Equal(openTime, calendar.Between(any.Moment, due));
            if (openTime > Duration.Zero) Assert.Equal(openTime - Duration.Epsilon, calendar.Between(any.Moment, due - Duration.Epsilon));
        }, iter: Samples);

    [Fact]
    public void Time_used_up_at_a_closing_is_due_at_that_closing() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(30)).Sample((any, length) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            var to = any.Moment + length;
            var lastOpen = calendar.Stretches(any.Moment, to).LastOrDefault(stretch => stretch.Kind == CalendarStretchKind.Open);
            Assert.Equal(lastOpen?.End ?? any.Moment, calendar.Add(any.Moment, calendar.Between(any.Moment, to)));
        }, iter: Samples);

    [Fact]
    public void A_due_instant_may_be_reached_in_two_steps() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(10), AnyCalendar.Length(10)).Sample((any, first, second) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            if (second > Duration.Zero) Assert.Equal(calendar.Add(any.Moment, first + second), calendar.Add(calendar.Add(any.Moment, first), second));
        }, iter: Samples);

    [Fact]
    public void Between_is_additive_and_never_more_than_what_passed() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(300), AnyCalendar.Length(900)).Sample((any, first, second) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            var middle = any.Moment + first;
            var end = middle + second;
            Assert.Equal(calendar.Between(any.Moment, end), calendar.Between(any.Moment, middle) + calendar.Between(middle, end));
            Assert.InRange(calendar.Between(middle, end), Duration.Zero, second);
        }, iter: Samples);

    [Fact]
    public void A_later_start_or_more_open_time_is_never_due_earlier() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(10), AnyCalendar.Length(10), AnyCalendar.Length(30)).Sample((any, openTime, more, later) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            var due = calendar.Add(any.Moment, openTime);
            Assert.True(calendar.Add(any.Moment, openTime + more) >= due);
            Assert.True(calendar.Add(any.Moment + later, openTime) >= due);
        }, iter: Samples);

    [Fact]
    public void Stretches_tile_the_time_and_tell_what_each_piece_is() =>
        Gen.Select(AnyCalendar.WithMoment, AnyCalendar.Length(30)).Sample((any, length) =>
        {
            var calendar = SomeCalendar.Of(any.Spec);
            var naive = new NaiveCalendar(any.Spec);
            var (from, to) = (any.Moment, any.Moment + length);
            var stretches = calendar.Stretches(from, to).ToList();

            Assert.Equal(length == Duration.Zero ? [] : [from, .. stretches.Select(stretch => stretch.End)], stretches.Select(stretch => stretch.Start).Concat(stretches.Count > 0 ? [to] : []));
            Assert.All(stretches.Zip(stretches.Skip(1)), pair => Assert.NotEqual(pair.First.Kind, pair.Second.Kind));
            Assert.All(stretches, stretch => Assert.Equal(naive.KindAt(stretch.Start + ((stretch.End - stretch.Start) / 2)), stretch.Kind));
            Assert.Equal(
                calendar.Between(from, to),
                stretches.Where(stretch => stretch.Kind == CalendarStretchKind.Open).Aggregate(Duration.Zero, (sum, stretch) => sum + (stretch.End - stretch.Start)));
        }, iter: 300);
}
