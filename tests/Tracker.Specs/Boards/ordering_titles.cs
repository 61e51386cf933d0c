using Tracker.Prose;

namespace Tracker.Specs.Boards;

public sealed class ordering_titles
{
    [Theory]
    [InlineData("1.2 Poverty halved", "1.10 Social protection")]
    [InlineData("8 corredores", "12 plazas", "30 escuelas")]
    [InlineData("Álvarez Jonte", "Educación digital", "mapa del delito", "Zonas WIFI")]
    [InlineData("Article 9", "Article 10", "article 11")]
    public void is_as_a_reader_looks_for_them(params string[] titles)
    {
        titles.Reverse().Order(Titles.Order).ShouldBe(titles);
        titles.Order(Titles.Order).ShouldBe(titles);
    }
}
