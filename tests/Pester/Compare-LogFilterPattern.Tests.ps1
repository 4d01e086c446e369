BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'Compare-LogFilterPattern' {
    It 'does not mind order, blanks, quotes and parentheses' {
        $row = Compare-LogFilterPattern '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }' '{$.errorMessage="Failed authentication"&&$.eventName="ConsoleLogin"}'
        $row | Should -BeOfType ([LogDelivery.FilterPatternDifference])
        $row.Relation | Should -Be 'Equivalent'
        $row.Witness | Should -BeNullOrEmpty
    }

    It 'gives an event that only one of them selects' {
        $one, $other = '{ $.a = 1 || $.b = 2 && $.c = 3 }', '{ ($.a = 1 || $.b = 2) && $.c = 3 }'
        $row = Compare-LogFilterPattern $one $other
        $row.Relation | Should -Be 'Different'
        $row.MatchedBy | Should -Be 'ReferencePattern'
        (Test-LogFilterPattern $one $row.Witness).Matches | Should -BeTrue
        (Test-LogFilterPattern $other $row.Witness).Matches | Should -BeFalse
    }

    It 'takes patterns and filters from the pipeline' {
        ('ERROR', '"ERROR"', 'ERRORS' | Compare-LogFilterPattern ERROR).Relation | Should -Be 'Equivalent', 'Equivalent', 'Different'
        [pscustomobject]@{ FilterPattern = '?ERROR' } | Compare-LogFilterPattern ERROR -Quiet | Should -BeTrue
    }

    It 'is quietly false when it differs, cannot be told or is no pattern' {
        Compare-LogFilterPattern ERROR WARN -Quiet | Should -BeFalse
        Compare-LogFilterPattern '{ $.a = x }' '{ $.a = y }' -MaxSteps 1 -Quiet -WarningAction SilentlyContinue | Should -BeFalse
        Compare-LogFilterPattern ERROR 'a:b' -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeFalse
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidFilterPattern,*'
        { Compare-LogFilterPattern 'a:b' ERROR } | Should -Throw -ErrorId 'InvalidFilterPattern,*'
    }

    It 'says Unknown when it gives up' {
        (Compare-LogFilterPattern '{ $.a = x }' '{ $.a = y }' -MaxSteps 1).Relation | Should -Be 'Unknown'
    }
}
